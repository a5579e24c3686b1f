import { disguises } from '../disguises.ts'
import type { Rule } from '../schema-model.ts'

/** Directives go by their own names: one renamed on import says nothing to these rules (GHSA-g8jh-vg5j-4h3f). */
export const disguisedDirective: Rule = ({ subgraphs }) =>
  subgraphs.flatMap((subgraph) =>
    disguises(subgraph.document).map(({ coordinate, reason }) => ({
      coordinate,
      reason: `${reason} (${subgraph.name})`,
    })),
  )
