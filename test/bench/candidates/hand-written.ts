/** The limit: a Node handler with the same statements and no GraphQL, told by the operation's name what to answer. */
import { poolsFromEnvironment } from '../plain/pools.ts'
import { serveJson } from '../plain/answer.ts'
import { statements } from '../plain/statements.ts'

type Row = Record<string, unknown>
const pools = poolsFromEnvironment()
const rows = async (subgraph: string, name: keyof typeof statements, keys?: readonly unknown[]): Promise<Row[]> =>
  (await pools(subgraph).query<Row>({ name, text: statements[name], ...(keys && { values: [keys] }) })).rows

async function people(ids: readonly string[]): Promise<Row[]> {
  const [citizens, residences, rights, cards, members] = await Promise.all([
    rows('population', 'citizens', ids),
    rows('population', 'residences', ids),
    rows('land', 'landRights', ids),
    rows('health', 'insuranceCards', ids),
    insured(ids),
  ])
  const byId = Map.groupBy(citizens, ({ id }) => id)
  const [residenceOf, rightsOf, cardsOf, memberOf] = [residences, rights, cards, members].map((all) =>
    Map.groupBy(all, ({ person }) => person),
  )
  return ids.map((id) => {
    const { id: _, ...fields } = byId.get(id)?.[0] ?? {}
    return {
      ...fields,
      permanentResidence: without(residenceOf?.get(id)?.[0], 'person'),
      landRights: { nodes: (rightsOf?.get(id) ?? []).slice(0, 5).map(rightWithoutKeys) },
      insuranceCards: (cardsOf?.get(id) ?? []).map((card) => without(card, 'person')),
      socialInsurance: without(memberOf?.get(id)?.[0], 'person'),
    }
  })
}

async function insured(ids: readonly string[]): Promise<Row[]> {
  const members = await rows('social-security', 'members', ids)
  const periods = await rows(
    'social-security',
    'participations',
    members.map(({ member }) => member),
  )
  const periodsOf = Map.groupBy(periods, ({ member }) => member)
  return members.map(({ member, ...fields }) => ({
    ...fields,
    participations: { nodes: (periodsOf.get(member) ?? []).slice(0, 3).map((period) => without(period, 'member')) },
  }))
}

function rightWithoutKeys(right: Row): Row {
  const { person: _, parcel: _parcel, ...rest } = right
  return rest
}

/** Land, whose it is, and how they are insured. */
async function landOf(ids: readonly string[]): Promise<Row[]> {
  const [rights, citizens, cards, members] = await Promise.all([
    rows('land', 'landRights', ids),
    rows('population', 'citizens', ids),
    rows('health', 'insuranceCards', ids),
    rows('social-security', 'members', ids),
  ])
  const parcels = await rows(
    'land',
    'parcels',
    rights.map(({ parcel }) => parcel),
  )
  const parcelOf = new Map(parcels.map((parcel) => [parcel['parcelId'], parcel]))
  return ids.map((id) => {
    const { fullName, dateOfBirth } = citizens.find((one) => one['id'] === id) ?? {}
    const { siNo, status, totalMonths } = members.find(({ person }) => person === id) ?? {}
    const insuranceCards = cards
      .filter(({ person }) => person === id)
      .map(({ cardNo, benefitLevel, validTo }) => ({ cardNo, benefitLevel, validTo }))
    const holder = { fullName, dateOfBirth, insuranceCards, socialInsurance: { siNo, status, totalMonths } }
    const nodes = rights
      .filter(({ person }) => person === id)
      .slice(0, 10)
      .map(({ right, registeredOn, parcel }) => ({ right, registeredOn, parcel: parcelOf.get(parcel), holder }))
    return { landRights: { nodes } }
  })
}

async function provinces(months: { month: string; before: string }): Promise<Row[]> {
  const all = await rows('catalogue', 'provinces')
  const asks = Object.values(months).flatMap((month) => all.map(({ code }) => `${String(code)} ${month}`))
  const cells = Map.groupBy(await rows('statistics', 'cells', asks), ({ ask }) => ask)
  const figures = (code: unknown, month: string): Row =>
    Object.fromEntries(
      (cells.get(`${String(code)} ${month}`) ?? []).map(({ figure, value, status }) => [figure, { value, status }]),
    )
  return all.map(({ code, name }) => ({
    code,
    name,
    late: figures(code, months.month),
    early: figures(code, months.before),
  }))
}

function without(row: Row | undefined, key: string): Row | null {
  if (row === undefined) return null
  const { [key]: _, ...rest } = row
  return rest
}

const { port } = await serveJson(async (_, { operationName, variables }) => {
  const ids = Object.values(variables).filter((value) => typeof value === 'string')
  if (operationName === 'W1') return { data: { citizen: (await people(ids))[0] } }
  if (operationName === 'W2')
    return { data: Object.fromEntries((await people(ids)).map((person, n) => [`c${n}`, person])) }
  if (operationName === 'W3')
    return { data: { provinces: await provinces(variables as { month: string; before: string }) } }
  if (operationName === 'W6')
    return { data: Object.fromEntries((await landOf(ids)).map((person, n) => [`c${n}`, person])) }
  const [citizen] = await rows('population', 'citizens', ids)
  const { fullName, dateOfBirth, sex } = citizen ?? {}
  return { data: { citizen: { fullName, dateOfBirth, sex } } }
})
console.log(`answers at http://127.0.0.1:${port}`)
