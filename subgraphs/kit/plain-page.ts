import { pageSizeFrom } from './cursor.ts'
import type { Gate } from './types.ts'

/**
 * One page of what is already known whole (rules, the dictionary): the cursor is a place in the list, sealed for this
 * caller, field and filters. Throws BAD_USER_INPUT for a page or cursor that can't be.
 */
export function plainPage<T extends object>(
  items: readonly T[],
  coordinate: string,
  args: Readonly<Record<string, unknown>>,
  gate: Pick<Gate, 'cursors'>,
) {
  const size = pageSizeFrom(args['first'])
  const cursors = gate.cursors(coordinate, args)
  const start = typeof args['after'] === 'string' ? Number(cursors.open(args['after'])) + 1 : 0
  const edges = items
    .slice(start, start + size)
    // A copy each: what a caller may read of a node is remembered by the object.
    .map((node, index) => ({ cursor: cursors.seal(String(start + index)), node: { ...node } }))
  return {
    nodes: edges.map(({ node }) => node),
    edges,
    pageInfo: {
      hasNextPage: start + size < items.length,
      hasPreviousPage: start > 0,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  }
}
