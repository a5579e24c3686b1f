import type { AnomalyFigures } from '../../../policy/anomalies.ts'
import { volumeBudgets, type UseSource } from '../volume-budgets.ts'
import { recordsOfBudget, statements, type SignKind } from './statements.ts'
import { budgetWords, wordsOf } from './words.ts'

type Found = {
  organisation: string | null
  staff: string | null
  subject: string | null
  purpose: string | null
  detail: string | null
} & Evidence
type Evidence = { first_at: Date | string; last_at: Date | string; count: number | string; records: string[] }
type Asked = { kind?: string | null; since?: Date | null }

/** Something worth a look; `records`: ids of the newest 20 records behind it. Persons as pseudonyms. */
export type Anomaly = {
  kind: SignKind | 'BUDGET_USE'
  organisation: ReturnType<UseSource['names']['organisation']> | null
  purpose: ReturnType<UseSource['names']['purpose']> | null
  staffCode: string | null
  subject: string | null
  reason: string
  reasonEn: string
  firstAt: string
  lastAt: string
  count: number
  records: readonly string[]
}

const dayMs = 86_400_000

/** What is worth a look since a moment (the last 24 hours without one), newest first. */
export async function anomalies(
  { kind, since }: Asked,
  source: UseSource,
  figures: AnomalyFigures,
): Promise<Anomaly[]> {
  const { database, now, names } = source
  const from = since ?? new Date(now.getTime() - dayMs)
  const wanted = (one: string): boolean => kind === null || kind === undefined || kind === one
  const found: Anomaly[] = wanted('BUDGET_USE') ? await budgetUse(source, from) : []
  for (const sign of (Object.keys(statements) as SignKind[]).filter(wanted)) {
    const { rows } = await database.query<Found>({
      name: `anomalies ${sign}`,
      text: statements[sign],
      values: [from, now, ...valuesOf(sign, figures)],
    })
    for (const row of rows)
      found.push({
        ...evidence(row),
        ...wordsOf(sign, row.detail),
        kind: sign,
        organisation: row.organisation === null ? null : names.organisation(row.organisation),
        purpose: row.purpose === null ? null : names.purpose(row.purpose),
        staffCode: row.staff,
        subject: row.subject,
      })
  }
  return found.toSorted((a, b) => (a.lastAt < b.lastAt ? 1 : -1))
}

/** Budgets past the share from which the reviewer is told; a year holds its days and months. */
async function budgetUse(source: UseSource, from: Date): Promise<Anomaly[]> {
  const { database, now } = source
  const budgets = await volumeBudgets({}, source)
  const found: Anomaly[] = []
  for (const { code, window, state, ...budget } of budgets) {
    if (window !== 'YEAR' || state === 'WITHIN') continue
    const { rows } = await database.query<Evidence>({
      name: 'anomalies BUDGET_USE',
      text: recordsOfBudget,
      values: [from, now, code.organisation, code.purpose],
    })
    const [behind] = rows
    const { organisation, purpose, estimate, held, important, personalClass } = budget
    found.push({
      ...evidence(
        Number(behind?.count) > 0 && behind ? behind : { first_at: now, last_at: now, count: 0, records: [] },
      ),
      ...budgetWords(estimate + held, important, personalClass),
      kind: 'BUDGET_USE',
      organisation,
      purpose,
      staffCode: null,
      subject: null,
    })
  }
  return found
}

function evidence({ first_at, last_at, count, records }: Evidence) {
  const time = (value: Date | string): string => new Date(value).toISOString()
  return { firstAt: time(first_at), lastAt: time(last_at), count: Number(count), records }
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
