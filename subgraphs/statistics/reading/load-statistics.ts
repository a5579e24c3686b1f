import DataLoader from 'dataloader'
import { problem } from '../../../policy/errors.ts'
import type { SubgraphContext } from '../../kit/types.ts'
import { readState, type StoreState } from './store-state.ts'
import type { Shown } from './figure-from.ts'
import { unitStatistics } from './unit-statistics.ts'

type Ask = { unit: string; month: string }

/** What one request reads of the store. */
export type Reader = {
  state: () => Promise<StoreState>
  /** All units and months of a tick in one query. */
  load: (unit: string, month: string) => Promise<object>
}

/** Units times months of one request. */
const most = 4000
const readers = new WeakMap<SubgraphContext, Reader>()

/** The reader of a request, which dies with it. */
export function readerOf(context: SubgraphContext): Reader {
  const reader = readers.get(context) ?? createReader(context)
  readers.set(context, reader)
  return reader
}

function createReader({ services }: SubgraphContext): Reader {
  const now = services.clock()
  const state = readState(services.pool, now)
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
      const [cells, recounted, known] = await Promise.all([
        services.pool.query<Ask & { figure: string; category: string } & Shown>(
          `select p.unit, p.month, p.figure, p.category, p.value, p.cells
           from published p join unnest($1::text[], $2::text[]) a (unit, month) using (unit, month)`,
          [asks.map(({ unit }) => unit), asks.map(({ month }) => month)],
        ),
        services.pool.query<{ unit: string; as_of: string }>(
          'select unit, as_of from unit_refresh where unit = any ($1)',
          [asks.map(({ unit }) => unit)],
        ),
        state,
      ])
      const byAsk = Map.groupBy(cells.rows, keyOf)
      const times = new Map(recounted.rows.map(({ unit, as_of }) => [unit, as_of]))
      return asks.map(({ unit, month }) => {
        const own = byAsk.get(keyOf({ unit, month })) ?? []
        const shown = new Map(own.map((row) => [`${row.figure}|${row.category}`, row]))
        return unitStatistics({ unit, month, cells: shown, recounted: times.get(unit) ?? null, state: known, now })
      })
    },
    { cacheKeyFn: keyOf },
  )
  return { state: () => state, load: (unit, month) => loader.load({ unit, month }) }
}

function keyOf({ unit, month }: Ask): string {
  return `${unit} ${month}`
}
