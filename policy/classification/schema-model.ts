import type { FieldClass } from '../types.ts'
import type { ArgumentModel, FieldModel, SubgraphModel, TypeModel } from './subgraph-model.ts'
import type { Problem, Registries } from './types.ts'

/** All subgraphs together, as the rules look at them. */
export type SchemaModel = {
  subgraphs: readonly SubgraphModel[]
  types: readonly TypeModel[]
  /** Declared fields: those a subgraph resolves itself. The same coordinate may stand here once a subgraph. */
  fields: readonly FieldModel[]
  arguments: readonly ArgumentModel[]
  /** By coordinate; where subgraphs disagree, the strictest of what they say. */
  classes: ReadonlyMap<string, FieldClass>
  registries: Registries
}

/** One reason why a schema may not compose, looked for everywhere. Pure. */
export type Rule = (schema: SchemaModel) => readonly Problem[]
