import type { AnomalyFigures } from '../../../policy/anomalies.ts'
import type { SubgraphContext } from '../../kit/types.ts'
import type { Names } from '../names.ts'
import { rowFrom } from '../review-log.ts'
import { disclosure } from '../tables.ts'
import { volumeBudgets } from '../volume-budgets.ts'
import { recordsOfBudget, statements, type SignKind } from './statements.ts'
import { budgetWords, wordsOf } from './words.ts'

type Found = {
  organisation: string | null
  staff: string | null
  subject: string | null
  purpose: string | null
  detail: string | null
} & Evidence
type Evidence = { first_at: string; last_at: string; count: number; records: string[] }
type Asked = { kind?: string | null; since?: Date | string | null }

const dayMs = 86_400_000

/** What is worth a look since a moment, each with its records, newest first. */
export async function anomalies(
  { kind, since }: Asked,
  context: Pick<SubgraphContext, 'services'>,
  names: Names,
  figures: AnomalyFigures,
): Promise<unknown[]> {
  const until = context.services.clock()
  const from = since === null || since === undefined ? new Date(until.getTime() - dayMs) : new Date(since)
  const wanted = (one: string): boolean => kind === null || kind === undefined || kind === one
  const signs = (Object.keys(statements) as SignKind[]).filter(wanted).map(async (sign) => {
    const { rows } = await context.services.pool.query<Found>({
      name: `anomalies ${sign}`,
      text: statements[sign],
      values: [from, until, ...valuesOf(sign, figures)],
    })
    return rows.map((row) => ({
      ...evidence(row),
      ...wordsOf(sign, row.detail),
      kind: sign,
      organisation: row.organisation === null ? null : names.organisation(row.organisation),
      purpose: row.purpose === null ? null : names.purpose(row.purpose),
      staffCode: row.staff,
      subject: row.subject,
    }))
  })
  const found = await Promise.all([...signs, wanted('BUDGET_USE') ? budgetUse(context, names, from, until) : []])
  return found.flat().toSorted((a, b) => (a.lastAt < b.lastAt ? 1 : -1))
}

/** Budgets past the share from which the reviewer is told; a year holds its days and months. */
async function budgetUse(context: Pick<SubgraphContext, 'services'>, names: Names, from: Date, until: Date) {
  const budgets = await volumeBudgets({}, context, names)
  const used = budgets.filter(({ window, state }) => window === 'YEAR' && state !== 'WITHIN')
  return Promise.all(
    used.map(async ({ code, organisation, purpose, estimate, held, important, personalClass }) => {
      const { rows } = await context.services.pool.query<Evidence>({
        name: 'anomalies BUDGET_USE',
        text: recordsOfBudget,
        values: [from, until, code.organisation, code.purpose],
      })
      const none = { first_at: until.toISOString(), last_at: until.toISOString(), count: 0, records: [] }
      const behind = rows[0]?.count ? rows[0] : none
      const words = budgetWords(estimate + held, important, personalClass)
      return {
        ...evidence(behind),
        ...words,
        kind: 'BUDGET_USE',
        organisation,
        purpose,
        staffCode: null,
        subject: null,
      }
    }),
  )
}

function evidence({ first_at, last_at, count, records }: Evidence) {
  return { firstAt: first_at, lastAt: last_at, count, records: records.map((key) => rowFrom(disclosure, key)) }
}

/** What a statement takes beside from and until. */
function valuesOf(sign: SignKind, { officeHours, usualCase, readByMany }: AnomalyFigures): unknown[] {
  const { zone, days, from, to, exempt } = officeHours
  switch (sign) {
    case 'NO_CASE':
      return [usualCase.readings, usualCase.share]
    case 'OUTSIDE_OFFICE_HOURS':
      return [zone, days, from, to, exempt]
    case 'READ_BY_MANY':
      return [zone, readByMany.callers]
    case 'OWN_RELATIVE':
    case 'ENUMERATION':
      return []
  }
}
