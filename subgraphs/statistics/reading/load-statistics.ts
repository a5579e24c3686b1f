import DataLoader from 'dataloader'
import type { Pool } from 'pg'
import { problem } from '../../../policy/errors.ts'
import type { SubgraphContext } from '../../kit/types.ts'
import { dayInVietNam } from '../months.ts'
import type { Shown } from './figure-from.ts'
import { createPublicationAt, type Publication, type PublicationAt } from './publication.ts'
import type { StoreState } from './store-state.ts'
import { unitStatistics } from './unit-statistics.ts'

/** A unit in a month. */
type Ask = { key: string; unit: string; month: string }
type Cell = { version: string; unit: string; month: string; figure: string; category: string } & Shown

/** What one request reads of the store. */
export type Reader = {
  /** The state of the store, and the month it is. */
  state: () => Promise<StoreState & { thisMonth: string }>
  /** The figures of each unit in each month; what is not known of a tick's comes in one query. */
  load: (units: readonly string[], months: readonly string[]) => Promise<readonly object[]>
}

/** Of a request, what its reader needs. */
type Asking = { services: Pick<SubgraphContext['services'], 'pool' | 'clock'> }

/** Units times months of one request. */
const most = 4000
/** Publications of a request: a second one where figures were published while it read. */
const mostTries = 3
const readers = new WeakMap<Asking, Reader>()
const publications = new WeakMap<Pool, PublicationAt>()

/** The reader of a request, which dies with it. */
export function readerOf(context: Asking): Reader {
  const reader = readers.get(context) ?? createReader(context)
  readers.set(context, reader)
  return reader
}

function createReader({ services: { pool, clock } }: Asking): Reader {
  const now = clock()
  const publicationAt = publications.get(pool) ?? createPublicationAt(pool)
  publications.set(pool, publicationAt)
  const first = publicationAt(now)
  const state = first.then((publication) => ({ ...publication.state, thisMonth: dayInVietNam(now).slice(0, 7) }))
  // Whoever asks first hears of a failure; until then it must not end the process.
  state.catch(() => undefined)
  const asked = new Set<string>()
  const loader = new DataLoader<readonly Ask[], object[]>(
    async (lists) => {
      for (const { key } of lists.flat()) asked.add(key)
      if (asked.size > most)
        throw problem('QUERY_TOO_COMPLEX', {
          vi: `không quá ${most} đơn vị và tháng mỗi yêu cầu`,
          en: `no more than ${most} units and months a request`,
        })
      for (let tries = 0; tries < mostTries; tries += 1) {
        const found = await figuresOf(lists, await (tries === 0 ? first : publicationAt(now)), pool)
        if (found !== null) return found
      }
      throw problem('SUBGRAPH_UNAVAILABLE')
    },
    { cache: false },
  )
  return {
    state: () => state,
    load: (units, months) =>
      loader.load(units.flatMap((unit) => months.map((month) => ({ key: `${unit} ${month}`, unit, month })))),
  }
}

/** Null where other figures were published since. */
async function figuresOf(
  lists: readonly (readonly Ask[])[],
  publication: Publication,
  pool: Pool,
): Promise<object[][] | null> {
  const missing = new Map<string, Ask>()
  const known = lists.map((list) =>
    list.map((ask) => {
      const found = publication.known(ask.key)
      if (found === undefined) missing.set(ask.key, ask)
      return found
    }),
  )
  if (missing.size === 0) return known as object[][]
  const read = await readFigures([...missing.values()], publication, pool)
  if (read === null) return null
  return lists.map((list, at) => list.map(({ key }, index) => (known[at]?.[index] ?? read.get(key)) as object))
}

async function readFigures(
  asks: readonly Ask[],
  { version, state, now, keep }: Publication,
  pool: Pool,
): Promise<ReadonlyMap<string, object> | null> {
  const { rows } = await pool.query<Cell>({
    name: 'published',
    text: `select v.version, p.* from publication v left join (
        select p.unit, p.month, p.figure, p.category, p.value, p.cells
        from published p join unnest($1::text[], $2::text[]) a (unit, month) using (unit, month)) p on true`,
    values: [asks.map(({ unit }) => unit), asks.map(({ month }) => month)],
  })
  if (rows[0]?.version !== version) return null
  const byKey = Map.groupBy(rows, ({ unit, month }) => `${unit} ${month}`)
  const made = asks.map(({ key, unit, month }): [string, object] => {
    const own = (byKey.get(key) ?? []).map(({ figure, category, value, cells }): [string, Shown] => [
      `${figure}|${category}`,
      { value, cells },
    ])
    return [key, unitStatistics({ unit, month, cells: new Map(own), recounted: state.recountedOf(unit), state, now })]
  })
  for (const [key, figures] of made) keep(key, figures)
  return new Map(made)
}
