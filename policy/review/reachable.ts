import type { GraphQLSchema } from 'graphql'
import { cutOf } from '../cut-of.ts'
import { decideEarly } from '../decide-early.ts'
import type { ArgumentClass } from '../classification/types.ts'
import type { Rule } from '../rule.ts'
import type { Decision, FieldClass } from '../types.ts'
import type { Asker } from './asker.ts'
import { graphPaths, type GraphPath } from './graph-paths.ts'

/** What reaching is judged on. */
export type ReviewedGraph = {
  schema: GraphQLSchema
  classes: ReadonlyMap<string, FieldClass>
  arguments: ReadonlyMap<string, ArgumentClass>
}

/** A way that ends before its goal, for one asker: where, and by which verdict. */
export type ClosedPath = { path: GraphPath; at: string; decision: Decision }

/** What an asker can reach in a graph. */
export type Reach = {
  /** The shortest ways that stay open to it; empty where none does. */
  openTo: (coordinate: string) => readonly GraphPath[]
  /** Where a way closes for this asker; null where it stays open. */
  closes: (path: GraphPath) => ClosedPath | null
}

/**
 * Judges every edge as the gateway does before it plans: what no row could open closes the way. A field that looks a row
 * up by a presented identifier gives a stub to whoever may ask at all, and closes no way behind it.
 */
export function reachOf(rules: readonly Rule[], { caller, facts }: Asker, graph: ReviewedGraph): Reach {
  const lookups = new Set([...graph.arguments].filter(([, { use }]) => use === 'LOOKUP').map(([name]) => fieldOf(name)))
  const known = new Map<string, Decision | null>()
  const closedBy = (coordinate: string): Decision | null => {
    const decided = known.get(coordinate)
    if (decided !== undefined) return decided
    const decision = decideEarly(rules, caller, graph.classes.get(coordinate), facts)
    const cut = cutOf(decision, lookups.has(coordinate))
    known.set(coordinate, cut)
    return cut
  }
  const open = graphPaths(graph.schema, { isOpen: (coordinate) => closedBy(coordinate) === null })
  return {
    openTo: (coordinate) => open.get(coordinate) ?? [],
    closes: (path) => {
      for (const at of path) {
        const decision = closedBy(at)
        if (decision !== null) return { path, at, decision }
      }
      return null
    },
  }
}

const fieldOf = (argument: string): string => argument.slice(0, argument.indexOf('('))
