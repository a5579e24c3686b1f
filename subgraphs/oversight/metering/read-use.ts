import { problem } from '../../../policy/errors.ts'
import { loadFieldTexts } from '../../../schema/field-texts.ts'
import { plainPage } from '../../kit/plain-page.ts'
import type { Edge, SubgraphContext } from '../../kit/types.ts'
import { dayInVietNam } from '../../statistics/months.ts'
import type { Names } from '../names.ts'
import { chargeFor, loadPrices, type Charge } from './prices.ts'

type Args = Readonly<Record<string, unknown>>
type Resolve = Extract<Edge, { kind: 'resolve' }>['resolve']
type Counted = {
  organisation: string
  organisation_kind: string
  purpose: string
  coordinate: string
  basis: string
  disclosed: string
}

/** One line: what one organisation was given of one field for one purpose, charged alike. */
type Line = Omit<Counted, 'disclosed' | 'basis' | 'organisation_kind'> & { values: bigint; charge: Charge }

const prices = loadPrices()
let texts: ReturnType<typeof loadFieldTexts> | null = null

/** `meteredUse`: the lines of a month, by organisation, field and purpose, in pages. */
export function createMeteredUse(names: Names): Resolve {
  return async (_root, args, context) => {
    const { classes } = context.services.graph
    const lines = (await linesOf(args, context)).map(({ organisation, purpose, coordinate, values, charge }) => {
      const owner = classes.get(coordinate)?.owner
      return {
        month: args['month'],
        organisation: names.organisation(organisation),
        purpose: purpose === '' ? null : names.purpose(purpose),
        field: names.field(coordinate, context.services.graph),
        owner: owner === undefined ? null : names.organisation(owner),
        values: String(values),
        charge: charge.kind,
        price: charge.dong,
        amount: charge.dong === null ? null : amountOf(values, charge.dong),
        citation: charge.citation,
        proposal: charge.proposal,
      }
    })
    return plainPage(lines, 'Query.meteredUse', args, context.gate)
  }
}

/** `meteredTotal`: the month in one line, and how far the log is added up. */
export const meteredTotal: Resolve = async (_root, args, context) => {
  const lines = await linesOf(args, context)
  const sum = (fits: (line: Line) => boolean): bigint =>
    lines.filter(fits).reduce((total, { values }) => total + values, 0n)
  const amounts = lines.map(({ values, charge }) => amountOf(values, charge.dong ?? 0))
  const { rows } = await context.services.pool.query<{ leaves: string; recorded_at: Date | null }>(
    'select leaves::text, recorded_at from metering_progress',
  )
  return {
    month: args['month'],
    values: String(sum(() => true)),
    freeValues: String(sum(({ charge }) => charge.dong === 0)),
    valuesWithoutPrice: String(sum(({ charge }) => charge.dong === null)),
    amount: amounts.reduce((total, amount) => total + amount, 0),
    records: rows[0]?.leaves ?? '0',
    asOf: rows[0]?.recorded_at ?? null,
  }
}

/** Every line of the caller's side of a month: what the organisation was given, or what was given of the fields it owns. */
async function linesOf(args: Args, { services, principal }: SubgraphContext): Promise<Line[]> {
  const month = String(args['month'])
  if (month > dayInVietNam(services.clock()).slice(0, 7))
    throw problem('BAD_USER_INPUT', { vi: 'tháng này chưa tới', en: 'that month has not come' })
  const { classes } = services.graph
  const owned = [...classes.values()].filter(({ owner }) => owner === principal.org)
  const { rows } = await services.pool.query<Counted>(
    args['side'] === 'OWNER'
      ? {
          name: 'metered-of-owner',
          text: ofOwner,
          values: [month, owned.map(({ coordinate }) => coordinate), args['organisation'] ?? null],
        }
      : { name: 'metered-of-payer', text: ofPayer, values: [month, principal.org, args['organisation'] ?? null] },
  )
  texts ??= loadFieldTexts()
  const lines = new Map<string, Line>()
  for (const { organisation, organisation_kind, purpose, coordinate, basis, disclosed } of rows) {
    // A way to other objects holds no value of its own. A field the schema has lost is shown as it was counted.
    if (texts.get(coordinate)?.isValue === false) continue
    const database = classes.get(coordinate)?.domain ?? null
    const charge = chargeFor(prices, { database, month, basis, organisationKind: organisation_kind })
    const key = JSON.stringify([organisation, coordinate, purpose, charge.kind])
    const values = (lines.get(key)?.values ?? 0n) + BigInt(disclosed)
    lines.set(key, { organisation, purpose, coordinate, values, charge })
  }
  return [...lines.values()]
}

const columns = 'organisation, organisation_kind, purpose, coordinate, basis, disclosed::text'
const inOrder = 'order by organisation, coordinate, purpose, basis, organisation_kind'
const ofOwner = `select ${columns} from metered_use
  where month = to_date($1, 'YYYY-MM') and coordinate = any ($2) and ($3::text is null or organisation = $3) ${inOrder}`
const ofPayer = `select ${columns} from metered_use
  where month = to_date($1, 'YYYY-MM') and organisation = $2 and ($3::text is null or organisation = $3) ${inOrder}`

/** Whole dong. Throws INTERNAL rather than lose a digit. */
function amountOf(values: bigint, dong: number): number {
  const amount = Number(values * BigInt(dong))
  if (!Number.isSafeInteger(amount)) throw problem('INTERNAL')
  return amount
}
