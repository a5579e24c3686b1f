import { mergedClasses } from './merged-classes.ts'
import { readSubgraph } from './read-subgraph.ts'
import type { SchemaModel } from './schema-model.ts'
import type { Registries, SubgraphDocument } from './types.ts'

/** Reads all subgraphs into the one model that the rules look at. */
export function schemaModelFrom(documents: readonly SubgraphDocument[], registries: Registries): SchemaModel {
  const subgraphs = documents.map(readSubgraph)
  const types = subgraphs.flatMap((subgraph) => [...subgraph.types.values()])
  const fields = types.flatMap((type) => [...type.fields.values()]).filter((field) => !field.isExternal)
  const inputs = subgraphs.flatMap((subgraph) => [...subgraph.inputs.values()].flat())
  return {
    subgraphs,
    types,
    fields,
    arguments: [...fields.flatMap((field) => field.arguments), ...inputs],
    classes: mergedClasses(fields),
    registries,
  }
}
