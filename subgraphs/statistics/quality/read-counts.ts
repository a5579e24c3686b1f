import type { Client } from 'pg'
import type { Indicator, Measured, Outcome } from './measured.ts'

type CountRow = {
  indicator: Indicator
  method: string
  type: string
  field: string
  part: string
  base: number
  target_days: number | null
  query: string
  checked: number | null
  failed: number | null
  last_day: string | null
  failure: string | null
}

/**
 * What a database measures of itself on a day. Without the catalogue's lists no code can be checked: `codes` then is why
 * there are none.
 */
export async function readCounts(
  client: Client,
  database: string,
  day: string,
  codes: { lists: object } | { failure: string },
): Promise<Measured[]> {
  const { rows } = await client.query<CountRow>('select * from quality_counts($1, $2)', [
    day,
    'lists' in codes ? JSON.stringify(codes.lists) : null,
  ])
  return rows.map((row) => ({
    database,
    indicator: row.indicator,
    method: row.method,
    type: row.type,
    field: row.field,
    part: row.part,
    query: row.query,
    base: row.base,
    target: row.target_days,
    outcome: row.method === 'KNOWN_CODE' && 'failure' in codes ? codes : outcomeOf(row, day),
  }))
}

function outcomeOf({ method, checked, failed, last_day: last, failure }: CountRow, day: string): Outcome {
  if (failure !== null) return { failure }
  if (method !== 'LAST_EVENT') return { checked: checked ?? 0, failed: failed ?? 0 }
  return { observed: last === null ? null : (Date.parse(day) - Date.parse(last)) / 86_400_000 }
}
