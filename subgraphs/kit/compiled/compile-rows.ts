import {
  getNamedType,
  isLeafType,
  isListType,
  isObjectType,
  type FieldNode,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql'
import type { FieldClass } from '../../../policy/types.ts'
import { isJudgedAtRows } from '../edge-resolvers.ts'
import { absentRow } from '../find-rows.ts'
import type { SubgraphRuntime } from '../runtime.ts'
import type { Edge, Table } from '../types.ts'
import { type FieldsOf, notCompiled, responseKey } from './selected-fields.ts'
import type { ChildEdge, ChildRows, Page, PageField, RowSelection, SelectedField, Stub } from './types.ts'

/** Columns that one level may have: their bits are exact in a double. */
const mostColumns = 50

/** What is asked of rows, level by level. `parameters` numbers what a statement is given beside the citizens. */
export type RowCompiler = {
  rows: (table: Table, set: SelectionSetNode | undefined) => RowSelection
  levels: RowSelection[]
}

/** Throws `notCompiled` at the first field that is neither a column nor an edge that rows alone answer. */
export function createRowCompiler(runtime: SubgraphRuntime, schema: GraphQLSchema, fieldsOf: FieldsOf): RowCompiler {
  const levels: RowSelection[] = []
  let pages = 0

  const rows: RowCompiler['rows'] = (table, set) => {
    const host: RowSelection = { level: levels.length, table, columns: [], fields: [], children: [] }
    levels.push(host)
    host.fields = fieldsSeenAs(table, set, host)
    if (host.columns.length > mostColumns) throw notCompiled
    return host
  }

  function fieldsSeenAs(table: Table, set: SelectionSetNode | undefined, host: RowSelection): SelectedField[] {
    return fieldsOf(set, table.type).map((node) => {
      const key = responseKey(node)
      const name = node.name.value
      if (name === '__typename') return { kind: 'typename', key, name: table.type }
      const fieldClass = classOf(`${table.type}.${name}`)
      const edge = runtime.definition.edges[table.type]?.[name]
      if (edge !== undefined) return edgeField(edge, node, fieldClass, table, host)
      if ((node.arguments?.length ?? 0) > 0) throw notCompiled
      if (name === 'id' && fieldClass.structure) return { kind: 'id', key }
      const { type } = fieldIn(table.type, name)
      if (!isLeafType(getNamedType(type))) throw notCompiled
      return { kind: 'column', key, class: fieldClass, column: columnOf(fieldClass, table, host), type }
    })
  }

  function edgeField(
    edge: Edge,
    node: FieldNode,
    fieldClass: FieldClass,
    table: Table,
    host: RowSelection,
  ): SelectedField {
    const key = responseKey(node)
    if (edge.kind !== 'connection' && (node.arguments?.length ?? 0) > 0) throw notCompiled
    switch (edge.kind) {
      case 'one':
      case 'list':
      case 'connection':
        return {
          kind: 'child',
          key,
          class: fieldClass,
          child: host.children.push(childRows(edge, node, fieldClass, table)) - 1,
        }
      case 'embed':
        return {
          kind: 'embed',
          key,
          class: fieldClass,
          table: edge.table,
          fields: fieldsSeenAs(edge.table, node.selectionSet, host),
        }
      case 'catalogue':
        return {
          kind: 'catalogue',
          key,
          class: fieldClass,
          column: columnOf(fieldClass, table, host),
          stub: stubOf(edge, node),
        }
      case 'person': {
        const citizens = runtime.tables.get('Citizen')
        // Where people have a place here, it must be read.
        if (citizens === undefined || citizens.place !== undefined) throw notCompiled
        const stub: RowSelection = { level: 0, table: citizens, columns: [], fields: [], children: [] }
        const fields = fieldsSeenAs(citizens, node.selectionSet, stub)
        if (stub.columns.length + stub.children.length > 0) throw notCompiled
        const isList = isListType(fieldIn(fieldClass.type, fieldClass.field).type)
        return { kind: 'person', key, class: fieldClass, field: edge.field, isList, table: citizens, fields }
      }
      case 'lookup':
      case 'reference':
      case 'resolve':
      case 'impersonal':
        throw notCompiled
    }
  }

  function childRows(edge: ChildEdge, node: FieldNode, fieldClass: FieldClass, parent: Table): ChildRows {
    const isJudgedHere = isJudgedAtRows(edge, absentRow(parent, ''))
    const common = { edge, class: fieldClass, isJudgedHere }
    if (edge.kind !== 'connection') return { ...common, rows: rows(edge.table, node.selectionSet), page: null }
    const asked = fieldsOf(node.selectionSet, `${edge.table.type}Connection`)
    const inner = asked.filter(({ name }) => name.value === 'nodes')
    if (inner.length !== 1) throw notCompiled
    const fields = asked.map((field) => pageField(field, edge.table.type))
    const page: Page = { node, field: fieldIn(fieldClass.type, fieldClass.field), limit: pages++, fields }
    return { ...common, rows: rows(edge.table, inner[0]?.selectionSet), page }
  }

  function pageField(node: FieldNode, type: string): PageField {
    const key = responseKey(node)
    switch (node.name.value) {
      case '__typename':
        return { kind: 'typename', key, name: `${type}Connection` }
      case 'nodes':
        return { kind: 'nodes', key }
      case 'pageInfo':
        return {
          kind: 'pageInfo',
          key,
          fields: fieldsOf(node.selectionSet, 'PageInfo').map((field) => {
            const name = field.name.value
            if (name !== '__typename' && name !== 'hasNextPage' && name !== 'hasPreviousPage') throw notCompiled
            return { key: responseKey(field), name }
          }),
        }
      default:
        throw notCompiled
    }
  }

  function stubOf({ type, keyField }: Extract<Edge, { kind: 'catalogue' }>, node: FieldNode): Stub {
    const keyClass = classOf(`${type}.${keyField}`)
    if (keyClass.level !== 'L0') throw notCompiled
    const fields = fieldsOf(node.selectionSet, type).map((field) => {
      const name = field.name.value
      if (name !== '__typename' && name !== keyField) throw notCompiled
      return { key: responseKey(field), isTypename: name === '__typename' }
    })
    return { type, fields }
  }

  function columnOf(fieldClass: FieldClass, table: Table, host: RowSelection): number {
    const sql = runtime.expressions.get(table.type)?.get(fieldClass.field)
    if (sql === undefined) throw notCompiled
    const known = host.columns.findIndex((column) => column.class === fieldClass)
    return known === -1 ? host.columns.push({ class: fieldClass, sql, table }) - 1 : known
  }

  function classOf(coordinate: string): FieldClass {
    const fieldClass = runtime.classes.get(coordinate)
    if (fieldClass === undefined) throw notCompiled
    return fieldClass
  }

  function fieldIn(type: string, field: string) {
    const object = schema.getType(type)
    const found = isObjectType(object) ? object.getFields()[field] : undefined
    if (found === undefined) throw notCompiled
    return found
  }

  return { rows, levels }
}
