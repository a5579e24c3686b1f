import { accessMatrix, type AccessCell } from '../../policy/review/access-matrix.ts'
import type { CallerClass } from '../../policy/review/caller-classes.ts'
import { plainPage } from '../kit/plain-page.ts'
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
    const fits = (cell: AccessCell) =>
      (['coordinate', 'caller', 'outcome'] as const).every((name) => args[name] == null || args[name] === cell[name])
    return plainPage(cellsOf(services.graph).filter(fits), 'Query.accessMatrix', args, gate)
  }
}
