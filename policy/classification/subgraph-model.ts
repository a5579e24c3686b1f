import type { DocumentNode, FieldDefinitionNode, InputValueDefinitionNode } from 'graphql'
import type { FieldClass } from '../types.ts'
import type { ClassArguments, SubjectFields } from './types.ts'

/** A schema as the rules look at it: one model a subgraph, nothing merged between them yet. */
export type SubgraphModel = {
  name: string
  /** Names of the root types, as this subgraph calls them. */
  roots: ReadonlySet<string>
  types: ReadonlyMap<string, TypeModel>
  inputs: ReadonlyMap<string, readonly ArgumentModel[]>
  unions: ReadonlyMap<string, readonly string[]>
  scalars: ReadonlySet<string>
  enums: ReadonlySet<string>
  /** What it was read from. */
  document: DocumentNode
}

/** An object or interface type: its definition and extensions in one subgraph. */
export type TypeModel = {
  subgraph: string
  name: string
  kind: 'OBJECT' | 'INTERFACE'
  isRoot: boolean
  /** What its own `@classified` says. */
  defaults: ClassArguments
  unknown: readonly string[]
  subjects: readonly SubjectFields[]
  /** Selections of `@key`. */
  keys: readonly string[]
  /** Names of `@context`. */
  contexts: readonly string[]
  isInterfaceObject: boolean
  interfaces: readonly string[]
  fields: ReadonlyMap<string, FieldModel>
}

export type FieldModel = {
  subgraph: string
  coordinate: string
  type: string
  name: string
  node: FieldDefinitionNode
  /** Name of the type without list and non-null. */
  returns: string
  isList: boolean
  isNonNull: boolean
  /** Resolved by another subgraph. */
  isExternal: boolean
  /** How many times `@classified` stands on it. */
  times: number
  unknown: readonly string[]
  /** The field's own arguments over the type's. */
  merged: ClassArguments
  class: FieldClass | null
  /** Selections of `@requires` and `@provides`. */
  requires: readonly string[]
  provides: readonly string[]
  arguments: readonly ArgumentModel[]
}

export type ArgumentModel = {
  subgraph: string
  /** `Type.field(argument)` or `Input.field` */
  coordinate: string
  name: string
  node: InputValueDefinitionNode
  /** Name of the type without list and non-null. */
  takes: string
  written: ClassArguments
  unknown: readonly string[]
  /** What `@fromContext` reads: `$name { selection }`. */
  fromContext: readonly string[]
}
