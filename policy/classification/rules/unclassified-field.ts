import type { Rule } from '../schema-model.ts'

/** Every field has a class: unclassified is denied at run time, so it must not compose either (invariant I1). */
export const unclassifiedField: Rule = ({ fields }) =>
  fields
    .filter((field) => field.class === null)
    .map((field) => ({
      coordinate: field.coordinate,
      reason: `has no class in ${field.subgraph}: @classified with a sharing is due on the field or its type`,
    }))
