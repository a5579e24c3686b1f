import type { FieldNode, GraphQLField, VariableDefinitionNode } from 'graphql'
import type { FieldClass } from '../../../policy/types.ts'
import type { Edge, ListedRows, Table } from '../types.ts'

/** A fetch of rows and objects that speak of nobody. */
export type ImpersonalFetch = {
  /** What graphql is to coerce: all but `representations`, which may be anything. */
  variables: readonly VariableDefinitionNode[]
  /** Null where the fetch asks for `_entities`. */
  roots: readonly RootField[] | null
  entities: { key: string; types: ReadonlyMap<string, RowSelection> }
}

export type RootField = ResolvedField | ListedField

/** A list of rows at the root. */
export type ListedField = {
  kind: 'listed'
  key: string
  class: FieldClass
  ask: AskedArguments
  listed: ListedRows
  rows: RowSelection
}

/** What is asked of the rows of a table: one statement reads them. */
export type RowSelection = {
  table: Table
  text: string
  /** Whether more than the key is read. */
  isRead: boolean
  /** In the order in which they were asked for. */
  fields: readonly RowField[]
}

export type RowField =
  | { kind: 'typename'; key: string; name: string }
  | { kind: 'column'; key: string; column: string; complete: Complete }
  | ResolvedField

/** A field that an edge answers. */
export type ResolvedField = {
  kind: 'resolved'
  key: string
  class: FieldClass
  ask: AskedArguments
  edge: Extract<Edge, { kind: 'impersonal' }>
  isNullable: boolean
  complete: Complete
}

export type AskedArguments = { node: FieldNode; field: GraphQLField<unknown, unknown> }

/** What is shown of a value, as graphql completes it; throws where only the plain path can answer. */
export type Complete = (value: unknown, judge: Judge) => unknown

/** Returns where a field of what speaks of nobody may be shown. Throws where only the plain path can answer. */
export type Judge = (field: FieldClass) => void
