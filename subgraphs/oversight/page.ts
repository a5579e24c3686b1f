import type { Row } from '../kit/types.ts'
import { textFromPosition } from './position.ts'
import type { Position } from './position.ts'

/** A connection's page from one row more than it shows: the extra one only says that there is a next page. */
export function pageOf(
  found: readonly Position[],
  size: number,
  hasPreviousPage: boolean,
  cursors: { seal: (position: string) => string },
  rowFrom: (position: Position) => Row,
): unknown {
  const shown = found.slice(0, size)
  const edges = shown.map((position) => ({ cursor: cursors.seal(textFromPosition(position)), node: rowFrom(position) }))
  const ends = { startCursor: edges[0]?.cursor ?? null, endCursor: edges.at(-1)?.cursor ?? null }
  return {
    nodes: edges.map(({ node }) => node),
    edges,
    pageInfo: { hasNextPage: found.length > size, hasPreviousPage, ...ends },
  }
}
