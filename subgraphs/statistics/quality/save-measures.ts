import type { Client } from 'pg'
import { createRoundCell } from '../control/round-cell.ts'
import { dayInVietNam } from '../months.ts'
import type { Measured } from './measured.ts'
import { scoreOfAge, scoreOfCounts, scoreOfReach } from './score.ts'

type Former = { released_checked: number | null; released_failed: number | null; as_of: string | null }

/**
 * Writes measures over those of before. Published counts are rounded as figures are, and within a month follow what was
 * counted only once that moved by the base: no two of them differ by one person. What failed keeps its last score, and
 * says so.
 */
export async function saveMeasures(store: Client, measures: readonly Measured[], now: Date): Promise<void> {
  const { rows: secrets } = await store.query<{ secret: Buffer }>('select secret from rounding_secret')
  const round = createRoundCell(secrets[0]?.secret ?? new Uint8Array())
  const { rows } = await store.query<Former & { key: string }>(
    `select concat_ws('|', database, indicator, method, type, field, part) as key, released_checked, released_failed, as_of
     from quality_measure`,
  )
  const former = new Map(rows.map((row) => [row.key, row]))
  for (const measure of measures) {
    const { database, indicator, method, type, field, part, query, base, target, outcome } = measure
    const key = [database, indicator, method, ...[type, field].filter((one) => one !== null), part].join('|')
    const before = former.get(key)
    const values = [database, indicator, method, type, field, part, query, base, target, now]
    if ('failure' in outcome) {
      await store.query(
        `insert into quality_measure (database, indicator, method, type, field, part, query, base, target, attempted_at, failure)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
         on conflict (database, indicator, method, type, field, part) do update
           set attempted_at = excluded.attempted_at, failure = excluded.failure`,
        [...values, outcome.failure],
      )
      continue
    }
    const isSameMonth = before?.as_of != null && monthOf(new Date(before.as_of)) === monthOf(now)
    const counts = 'checked' in outcome ? outcome : null
    const release = (count: number | undefined, last: number | null | undefined): number | null => {
      if (count === undefined) return null
      return last == null || !isSameMonth || Math.abs(count - last) >= base ? count : last
    }
    const released = {
      checked: release(counts?.checked, before?.released_checked),
      failed: release(counts?.failed, before?.released_failed),
    }
    const told = (what: 'checked' | 'failed'): number | null => {
      const count = released[what]
      // The same count is rounded the same wherever it is told: nothing averages out.
      return count === null || (base > 1 && count < base) ? null : round(`quality|${database}`, count, base)
    }
    const shown = { checked: told('checked'), failed: told('failed') }
    const observed = 'observed' in outcome ? outcome.observed : null
    await store.query(
      `insert into quality_measure (database, indicator, method, type, field, part, query, base, target, attempted_at, as_of,
         observed, counted_checked, counted_failed, released_checked, released_failed, checked, failed, score)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $11, $12, $13, $14, $15, $16, $17, $18)
       on conflict (database, indicator, method, type, field, part) do update
         set query = excluded.query, base = excluded.base, target = excluded.target, attempted_at = excluded.attempted_at,
           as_of = excluded.as_of, observed = excluded.observed, counted_checked = excluded.counted_checked,
           counted_failed = excluded.counted_failed, released_checked = excluded.released_checked,
           released_failed = excluded.released_failed, checked = excluded.checked, failed = excluded.failed,
           score = excluded.score, failure = null`,
      [
        ...values,
        observed,
        counts?.checked,
        counts?.failed,
        released.checked,
        released.failed,
        shown.checked,
        shown.failed,
        scoreOf(measure, observed, shown),
      ],
    )
  }
}

/** Takes away measures of a database that a full measuring did not try. */
export async function dropOthers(store: Client, databases: readonly string[], now: Date): Promise<void> {
  await store.query(
    `delete from quality_measure where database = any ($1) and attempted_at < $2 and indicator <> 'CONNECTED'`,
    [databases, now],
  )
}

const monthOf = (moment: Date): string => dayInVietNam(moment).slice(0, 7)

function scoreOf(
  { method, base, target }: Measured,
  observed: number | null,
  shown: { checked: number | null; failed: number | null },
): number | null {
  if (target === null) return scoreOfCounts(shown.checked, shown.failed, base)
  if (observed === null) return null
  return method === 'ORGANISATIONS' ? scoreOfReach(observed, target) : scoreOfAge(observed, target)
}
