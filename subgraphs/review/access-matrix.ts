import { accessMatrix, type AccessCell } from '../../policy/review/access-matrix.ts'
import type { CallerClass } from '../../policy/review/caller-classes.ts'
import { pageSizeFrom } from '../kit/cursor.ts'
import type { Edge, GraphFacts } from '../kit/types.ts'

type Resolve = Extract<Edge, { kind: 'resolve' }>['resolve']

/** `accessMatrix`: the cells that fit every filter given, in pages. */
export function createAccessMatrix(callers: readonly CallerClass[]): Resolve {
  const made = new WeakMap<GraphFacts, readonly AccessCell[]>()
  const cellsOf = (graph: GraphFacts): readonly AccessCell[] => {
    const cells = made.get(graph) ?? accessMatrix(graph.rules, graph.classes, callers)
    made.set(graph, cells)
    return cells
  }
  return (_root, args, { gate, services }) => {
    const size = pageSizeFrom(args['first'])
    const cursors = gate.cursors('Query.accessMatrix', args)
    const start = typeof args['after'] === 'string' ? Number(cursors.open(args['after'])) + 1 : 0
    const fits = (cell: AccessCell) =>
      (['coordinate', 'caller', 'outcome'] as const).every((name) => args[name] == null || args[name] === cell[name])
    const fitting = cellsOf(services.graph).filter(fits)
    const edges = fitting
      .slice(start, start + size)
      .map((node, index) => ({ cursor: cursors.seal(String(start + index)), node: { ...node } }))
    const ends = { startCursor: edges[0]?.cursor ?? null, endCursor: edges.at(-1)?.cursor ?? null }
    return {
      nodes: edges.map(({ node }) => node),
      edges,
      pageInfo: { hasNextPage: start + size < fitting.length, hasPreviousPage: start > 0, ...ends },
    }
  }
}
