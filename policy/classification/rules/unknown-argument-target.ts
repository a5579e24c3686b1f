import type { Rule } from '../schema-model.ts'

/** An argument that touches a classified field names one that exists, and says whether it looks up or filters. */
export const unknownArgumentTarget: Rule = (schema) =>
  schema.arguments.flatMap(({ coordinate, subgraph, written }) => {
    const { of, use, ...rest } = written
    const strange = Object.keys(rest)
    return [
      ...(of !== undefined && !schema.classes.has(of) ? [`touches ${of}, which no subgraph classifies`] : []),
      ...((of === undefined) !== (use === undefined) ? ['needs both "of" and "use"'] : []),
      ...(strange.length > 0 ? [`carries ${strange.join(', ')}, which only fields and types do`] : []),
    ].map((reason) => ({ coordinate, reason: `${reason} (${subgraph})` }))
  })
