import type { DocumentNode } from 'graphql'
import type { FieldClass, MaskForm, PersonalCategory } from '../types.ts'

/** A subgraph's whole SDL, as it is composed. */
export type SubgraphDocument = { name: string; document: DocumentNode }

/** What owners and dictionary ids resolve against. */
export type Registries = {
  /** Ids of schema/agencies.yaml */
  agencies: ReadonlySet<string>
  /** Ids of schema/dictionary.csv and subgraphs/<name>/dictionary.csv */
  dictionary: ReadonlySet<string>
}

/** Why a schema may not compose: one reason at one coordinate. */
export type Problem = { coordinate: string; reason: string }

/** Which fields of a type identify a person, and which place counts for jurisdiction. */
export type SubjectFields = { persons: readonly string[]; place: string | null }

/** What an argument does with a classified field: `of` is the field's coordinate. */
export type ArgumentClass = { of: string; use: ArgumentUse }
export type ArgumentUse = 'LOOKUP' | 'FILTER'

/** Everything the directives of a schema say. */
export type Classification = {
  /** By `Type.field`: every field of every object and interface type. */
  classes: ReadonlyMap<string, FieldClass>
  /** By `domain:Type` as each database says, and by `Type` over all of them. */
  subjects: ReadonlyMap<string, SubjectFields>
  /** By `Type.field(argument)` and, for input objects, `Input.field`; only those that touch a classified field. */
  arguments: ReadonlyMap<string, ArgumentClass>
  /** Empty, or the schema must not be served. Sorted by coordinate. */
  problems: readonly Problem[]
}

/** The arguments of one `@classified` as written; what is not written is absent. */
export type ClassArguments = {
  dict?: string
  sharing?: FieldClass['sharing']
  importance?: FieldClass['importance']
  secrecy?: FieldClass['secrecy']
  personal?: readonly PersonalCategory[]
  inferring?: readonly PersonalCategory[]
  owner?: string
  mask?: MaskForm
  from?: readonly string[]
  structure?: boolean
  of?: string
  use?: ArgumentUse
}
