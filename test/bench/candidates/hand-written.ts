/** The limit: a Node handler with the same statements and no GraphQL, told by the operation's name what to answer. */
import { poolsFromEnvironment } from '../plain/pools.ts'
import { serveJson } from '../plain/answer.ts'
import { statements } from '../plain/statements.ts'

type Row = Record<string, unknown>
const pools = poolsFromEnvironment()
const rows = async (subgraph: string, name: keyof typeof statements, keys: readonly unknown[]): Promise<Row[]> =>
  (await pools(subgraph).query<Row>({ name, text: statements[name], values: [keys] })).rows

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
      landRights: { nodes: (rightsOf?.get(id) ?? []).slice(0, 5).map((right) => without(right, 'person')) },
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
  const [citizen] = await rows('population', 'citizens', ids)
  const { fullName, dateOfBirth, sex } = citizen ?? {}
  return { data: { citizen: { fullName, dateOfBirth, sex } } }
})
console.log(`answers at http://127.0.0.1:${port}`)
