import { pageSizeFrom } from './cursor.ts'
import type { Row, SubgraphContext } from './types.ts'

type Args = Readonly<Record<string, unknown>>

/** A list in the order of its keys, as one caller sees it. */
export type PagedList = {
  coordinate: string
  /** The field's arguments; cursors are bound to them and to `bound`. */
  args: Args
  bound?: Args
  /** At most `limit` rows after a key; fewer only where there are no more. */
  read: (after: string | null, limit: number) => Promise<readonly Row[]>
  /** Whether the caller may know of a row. Absent: of every one. */
  isKnown?: (row: Row) => Promise<boolean>
}

/** A connection's page in the form the schema gives it. */
export type Page = { nodes: Row[]; edges: unknown[]; pageInfo: Readonly<Record<string, unknown>> }

/** Rows of one statement at most, where many are passed over. */
const largestStep = 1000

/**
 * One page, full as long as there are rows that the caller may know of: the others are passed over, and neither the
 * page's size nor `hasNextPage` says that there are any (design I4). Reads on by key; how many rows may be passed over is
 * bounded by the rows of one fetch, beyond which the finder refuses with QUERY_TOO_COMPLEX.
 */
export async function fullPage(list: PagedList, { gate }: Pick<SubgraphContext, 'gate'>): Promise<Page> {
  const { coordinate, args, bound, read, isKnown } = list
  const size = pageSizeFrom(args['first'])
  const cursors = gate.cursors(coordinate, { ...args, ...bound })
  const after = typeof args['after'] === 'string' ? cursors.open(args['after']) : null
  const found: Row[] = []
  let last = after
  for (let limit = size + 1, isEnd = false; !isEnd && found.length <= size; limit = Math.min(2 * limit, largestStep)) {
    const rows = await read(last, limit)
    const known = isKnown === undefined ? [] : await Promise.all(rows.map(isKnown))
    found.push(...rows.filter((_, index) => known[index] ?? true))
    last = rows.at(-1)?.key ?? null
    isEnd = rows.length < limit
  }
  const nodes = found.slice(0, size)
  const edges = nodes.map((node) => ({ cursor: cursors.seal(node.key), node }))
  const ends = { startCursor: edges[0]?.cursor ?? null, endCursor: edges.at(-1)?.cursor ?? null }
  return { nodes, edges, pageInfo: { hasNextPage: found.length > size, hasPreviousPage: after !== null, ...ends } }
}
