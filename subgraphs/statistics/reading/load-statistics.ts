import DataLoader from 'dataloader'
import type { Pool } from 'pg'
import { problem } from '../../../policy/errors.ts'
import type { SubgraphContext } from '../../kit/types.ts'
import { monthInVietNam } from '../months.ts'
import type { Shown } from './figure-from.ts'
import { createPublicationAt, type Publication, type PublicationAt } from './publication.ts'
import type { StoreState } from './store-state.ts'
import { unitStatistics } from './unit-statistics.ts'

type Ask = { unit: string; month: string }

/** What one request reads of the store. */
export type Reader = {
  /** The state of the store, and the month it is. */
  state: () => Promise<StoreState & { thisMonth: string }>
  /** All units and months of a tick in one query, without those that are known. */
  load: (unit: string, month: string) => Promise<object>
}

/** Units times months of one request. */
const most = 4000
/** Publications of a request: a second one where figures were published while it read. */
const mostTries = 3
const readers = new WeakMap<SubgraphContext, Reader>()
const publications = new WeakMap<Pool, PublicationAt>()

/** The reader of a request, which dies with it. */
export function readerOf(context: SubgraphContext): Reader {
  const reader = readers.get(context) ?? createReader(context)
  readers.set(context, reader)
  return reader
}

function createReader({ services: { pool, clock } }: SubgraphContext): Reader {
  const now = clock()
  const publicationAt = publications.get(pool) ?? createPublicationAt(pool)
  publications.set(pool, publicationAt)
  const first = publicationAt(now)
  const state = first.then((publication) => ({ ...publication.state, thisMonth: monthInVietNam(now) }))
  // Whoever asks first hears of a failure; until then it must not end the process.
  state.catch(() => undefined)
  let asked = 0
  const loader = new DataLoader<Ask, object, string>(
    async (asks) => {
      asked += asks.length
      if (asked > most)
        throw problem('QUERY_TOO_COMPLEX', {
          vi: `không quá ${most} đơn vị và tháng mỗi yêu cầu`,
          en: `no more than ${most} units and months a request`,
        })
      for (let tries = 0; tries < mostTries; tries += 1) {
        const found = await figuresOf(asks, await (tries === 0 ? first : publicationAt(now)), pool)
        if (found !== null) return found
      }
      throw problem('SUBGRAPH_UNAVAILABLE')
    },
    { cacheKeyFn: keyOf },
  )
  return { state: () => state, load: (unit, month) => loader.load({ unit, month }) }
}

/** Null where other figures were published since. */
async function figuresOf(asks: readonly Ask[], publication: Publication, pool: Pool): Promise<object[] | null> {
  const known = asks.map(({ unit, month }) => publication.known(unit, month))
  const missing = asks.filter((_, index) => known[index] === undefined)
  if (missing.length === 0) return known as object[]
  const { rows } = await pool.query<{ version: string; figure: string; category: string } & Ask & Shown>({
    name: 'published',
    text: `select v.version, p.* from publication v left join (
        select p.unit, p.month, p.figure, p.category, p.value, p.cells
        from published p join unnest($1::text[], $2::text[]) a (unit, month) using (unit, month)) p on true`,
    values: [missing.map(({ unit }) => unit), missing.map(({ month }) => month)],
  })
  if (rows[0]?.version !== publication.version) return null
  const byAsk = Map.groupBy(rows, keyOf)
  return asks.map(({ unit, month }, index) => {
    const kept = known[index]
    if (kept !== undefined) return kept
    const own = byAsk.get(keyOf({ unit, month })) ?? []
    const cells = new Map(
      own.map(({ figure, category, value, cells: n }) => [`${figure}|${category}`, { value, cells: n }]),
    )
    const { state, now } = publication
    const found = unitStatistics({ unit, month, cells, recounted: state.recountedOf(unit), state, now })
    publication.keep(unit, month, found)
    return found
  })
}

function keyOf({ unit, month }: Ask): string {
  return `${unit} ${month}`
}
