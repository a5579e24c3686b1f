import type { Rule } from '../rule.ts'
import { accessMatrix, type AccessCell } from './access-matrix.ts'
import type { Asker } from './asker.ts'
import type { GraphPath } from './graph-paths.ts'
import { reachOf, type ReviewedGraph } from './reachable.ts'

/** A cell of the matrix that somebody can reach, with the shortest open ways to it. */
export type ReachedCell = AccessCell & { ways: readonly GraphPath[] }

/**
 * Everything an asker can be given besides open data, whole or masked, with whatever case they state: by coordinate and
 * rule. What no way leads to is left out. The cells bear `name` as their caller.
 */
export function reachedCells(
  name: string,
  { caller, facts, statable }: Asker,
  { rules, ...graph }: ReviewedGraph & { rules: readonly Rule[] },
): ReachedCell[] {
  const reach = reachOf(rules, { caller, facts: { ...facts, case: 'UNKNOWN', approval: 'UNKNOWN' }, statable }, graph)
  return accessMatrix(rules, graph.classes, [{ name, caller }])
    .filter(({ outcome }) => outcome === 'ALLOW' || outcome === 'MASK')
    .map((cell) => ({ ...cell, ways: reach.openTo(cell.coordinate) }))
    .filter(({ ways }) => ways.length > 0)
}
