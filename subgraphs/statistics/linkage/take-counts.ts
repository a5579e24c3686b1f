import type { Client } from 'pg'
import { copyRows } from '../../kit/postgres/copy-rows.ts'
import { figures } from '../figures.ts'
import { batches } from './batches.ts'
import type { CellRow } from './count-people.ts'

/** What a refresh counts: as of a day, for the months up to it, in some communes or everywhere. */
export type Scope = { day: string; month: string; months: readonly string[]; communes: readonly string[] | null }

const columns = ['figure', 'month', 'category', 'unit', 'contributors', 'value', 'largest']

/** Puts the counts of the linkage into the store's waiting room. */
export async function takeLinked(store: Client, cells: readonly CellRow[], { month }: Scope): Promise<void> {
  await store.query('delete from incoming')
  const rows = cells.map(({ figure, category, unit, count }) => [figure, month, category, unit, count, count, 1])
  await copyRows(store, 'incoming', columns, rows)
}

type SourceCell = {
  figure: string
  category: string
  month: string
  province_code: string
  commune_code: string | null
  contributors: number
  value: number
  largest: number
}

/** Puts what a database counted itself there too. */
export async function takeCells(source: Client, store: Client, scope: Scope): Promise<void> {
  const { day, months, communes } = scope
  const since = `${months[0] ?? scope.month}-01`
  const text = 'select * from linkage_cells($1, $2, $3)'
  for await (const batch of batches<SourceCell>(source, text, [day, since, communes])) {
    const rows = batch.map((row) => [
      row.figure,
      row.month,
      row.category,
      row.commune_code ?? row.province_code,
      row.contributors,
      row.value,
      row.largest,
    ])
    await copyRows(store, 'incoming', columns, rows)
  }
}

const flows = figures.filter(({ isFlow }) => isFlow).map(({ id }) => id)

/**
 * Makes the waiting counts the store's, and decides what the next figures rest on: a cell of a running month follows its
 * count only when that moved by the threshold; a month that is over is settled once more, for good.
 */
export async function settleCounts(
  store: Client,
  { month, months, communes }: Scope,
  coverage: ReadonlyMap<string, number>,
  now: Date,
): Promise<void> {
  // Places that the catalogue does not know belong nowhere.
  await store.query('delete from incoming i where not exists (select from unit u where u.code = i.unit)')
  const counted = figures.filter(({ byCommune }) => communes === null || byCommune).map(({ id }) => id)
  await store.query(
    `update counted c set contributors = 0, value = 0, largest = 0
     where c.figure = any ($1) and (c.month = $2 or (c.figure = any ($3) and c.month = any ($4)))
       and ($5::text[] is null or c.unit = any ($5)) and c.contributors > 0
       and not exists (select from incoming i where (i.figure, i.month, i.category, i.unit) = (c.figure, c.month, c.category, c.unit))`,
    [counted, month, flows, months, communes],
  )
  await store.query(
    `insert into counted as c (figure, month, category, unit, contributors, value, largest)
     select figure, month, category, unit, contributors, value, largest from incoming
     on conflict (figure, month, category, unit) do update
       set contributors = excluded.contributors, value = excluded.value, largest = excluded.largest
       where (c.contributors, c.value, c.largest) is distinct from (excluded.contributors, excluded.value, excluded.largest)`,
  )
  await store.query(
    `update counted c set released_contributors = c.contributors, released_value = c.value, released_largest = c.largest
     from unnest($1::text[], $2::int[]) f (figure, threshold)
     where c.figure = f.figure and c.month = any ($3)
       and (c.released_contributors, c.released_value, c.released_largest) is distinct from (c.contributors, c.value, c.largest)
       and (abs(c.contributors - coalesce(c.released_contributors, 0)) >= f.threshold
         or not exists (select from release r where r.figure = c.figure and r.month = c.month
           and (r.is_final or c.month = $4)))`,
    [figures.map(({ id }) => id), figures.map(({ threshold }) => threshold), months, month],
  )
  if (communes !== null) {
    await store.query(
      `insert into unit_refresh (unit, as_of) select code, $2 from unit where code = any ($1)
       on conflict (unit) do update set as_of = excluded.as_of`,
      [communes, now],
    )
    return
  }
  await store.query('delete from unit_refresh')
  await recordRelease(store, { month, months, coverage, now })
}

type Release = { month: string; months: readonly string[]; coverage: ReadonlyMap<string, number>; now: Date }

/** When each figure was counted, and the share of its sources that it covers. */
async function recordRelease(store: Client, { month, months, coverage, now }: Release): Promise<void> {
  const { rows } = await store.query<{ figure: string; placed: string }>(
    `select figure, 100.0 * sum(value) filter (where length(unit) = 5) / greatest(sum(value), 1) as placed
     from incoming group by figure`,
  )
  const placed = new Map(rows.map((row) => [row.figure, Number(row.placed)]))
  const releases = figures.flatMap((figure) => {
    const isLinked = figure.sources.length > 1
    const found = figure.sources.map((source) => (isLinked ? (coverage.get(source) ?? 100) : 100))
    const share = Math.min(...found, figure.byCommune ? (placed.get(figure.id) ?? 100) : 100)
    return (figure.isFlow ? months : [month]).map((one) => ({
      figure: figure.id,
      month: one,
      as_of: now.toISOString(),
      coverage: share.toFixed(1),
      is_final: one < month,
    }))
  })
  await store.query(
    `insert into release select * from jsonb_to_recordset($1)
       as x(figure text, month text, as_of timestamptz, coverage numeric, is_final boolean)
     on conflict (figure, month) do update
       set as_of = excluded.as_of, coverage = excluded.coverage, is_final = excluded.is_final`,
    [JSON.stringify(releases)],
  )
  await store.query('update release set is_final = true where month < $1', [month])
}
