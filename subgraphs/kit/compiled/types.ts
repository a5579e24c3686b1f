import type { FieldNode, OperationDefinitionNode, GraphQLField, GraphQLOutputType } from 'graphql'
import type { FieldClass } from '../../../policy/types.ts'
import type { Edge, Table } from '../types.ts'

/** A fetch whose rows all hang on citizens: one statement finds them and reads of them what may be read. */
export type CompiledFetch = {
  operation: OperationDefinitionNode
  /** Root fields that look citizens up; null where the fetch asks for `_entities`. */
  roots: readonly RootField[] | null
  /** What is asked of each citizen. */
  citizen: RowSelection
  /** Response keys of `_entities`. */
  entitiesKey: string
  /** Every level of rows; the citizens are the first. */
  levels: readonly RowSelection[]
}

export type RootField = {
  key: string
  node: FieldNode
  field: GraphQLField<unknown, unknown>
  edge: Extract<Edge, { kind: 'lookup' }>
  class: FieldClass
}

/** What is asked of the rows of one level. */
export type RowSelection = {
  /** Its place among the levels. */
  level: number
  table: Table
  /** The bit of a column is its place. */
  columns: Column[]
  fields: SelectedField[]
  children: ChildRows[]
}

/** `table` is the type the row is seen as where the column is read. */
export type Column = { class: FieldClass; sql: string; table: Table }

/** Fields of a row, in the order in which they were asked for. */
export type SelectedField =
  | { kind: 'typename'; key: string; name: string }
  | { kind: 'id'; key: string }
  | { kind: 'column'; key: string; class: FieldClass; column: number; type: GraphQLOutputType }
  | { kind: 'catalogue'; key: string; class: FieldClass; column: number; stub: Stub }
  | {
      kind: 'person'
      key: string
      class: FieldClass
      field: string
      isList: boolean
      table: Table
      fields: SelectedField[]
    }
  | { kind: 'embed'; key: string; class: FieldClass; table: Table; fields: SelectedField[] }
  | { kind: 'child'; key: string; class: FieldClass; child: number }

/** An entity of a catalogue: its code under these keys, its type under those. */
export type Stub = { type: string; fields: readonly { key: string; isTypename: boolean }[] }

export type ChildEdge = Extract<Edge, { kind: 'one' | 'list' | 'connection' }>

/** Rows below a row. */
export type ChildRows = {
  edge: ChildEdge
  class: FieldClass
  /** Jurisdiction is judged at these rows: their parent has no place. */
  isJudgedHere: boolean
  rows: RowSelection
  page: Page | null
}

/** A connection's arguments, and what of it was asked for. */
export type Page = {
  node: FieldNode
  field: GraphQLField<unknown, unknown>
  /** The number of the parameter that bounds the rows. */
  limit: number
  fields: readonly PageField[]
}

export type PageField =
  | { kind: 'typename'; key: string; name: string }
  | { kind: 'nodes'; key: string }
  | {
      kind: 'pageInfo'
      key: string
      fields: readonly { key: string; name: '__typename' | 'hasNextPage' | 'hasPreviousPage' }[]
    }
