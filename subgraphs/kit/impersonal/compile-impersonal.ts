import { isLeafType, isListType, isNonNullType, isObjectType, Kind } from 'graphql'
import type { DocumentNode, FieldNode, GraphQLOutputType, GraphQLSchema, SelectionSetNode } from 'graphql'
import type { FieldClass } from '../../../policy/types.ts'
import { fieldsIn, ifCompiled, notCompiled, responseKey } from '../compiled/selected-fields.ts'
import type { SubgraphRuntime } from '../runtime.ts'
import type { Table } from '../types.ts'
import { createCompletes } from './complete.ts'
import type { AskedArguments, ImpersonalFetch, ResolvedField, RootField, RowField, RowSelection } from './types.ts'

/**
 * A fetch of rows that speak of nobody, their open columns, and what impersonal edges give; null where it asks for
 * anything else.
 */
export function compileImpersonal(
  runtime: SubgraphRuntime,
  schema: GraphQLSchema,
  document: DocumentNode,
): ImpersonalFetch | null {
  return ifCompiled(() => compiled(runtime, schema, document))
}

function compiled(runtime: SubgraphRuntime, schema: GraphQLSchema, document: DocumentNode): ImpersonalFetch {
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
  const [operation] = operations
  if (operations.length !== 1 || operation?.operation !== 'query') throw notCompiled
  const fieldsOf = fieldsIn(document)
  const completeOf = createCompletes(runtime, fieldsOf)
  const asked = fieldsOf(operation.selectionSet, 'Query')
  const variables = operation.variableDefinitions ?? []
  const [entities] = asked
  if (asked.length !== 1 || entities?.name.value !== '_entities')
    return { variables, roots: asked.map(rootField), entities: { key: '', types: new Map() } }
  const [given] = entities.arguments ?? []
  if (given?.value.kind !== Kind.VARIABLE || given.value.name.value !== 'representations') throw notCompiled
  return {
    variables: variables.filter(({ variable }) => variable.name.value !== 'representations'),
    roots: null,
    entities: { key: responseKey(entities), types: entityTypes(entities) },
  }

  function entityTypes({ selectionSet }: FieldNode): Map<string, RowSelection> {
    const types = new Map<string, RowSelection>()
    for (const selection of selectionSet?.selections ?? []) {
      const type = selection.kind === Kind.INLINE_FRAGMENT ? selection.typeCondition?.name.value : undefined
      const table = runtime.tables.get(type ?? '')
      if (selection.kind !== Kind.INLINE_FRAGMENT || (selection.directives?.length ?? 0) > 0) throw notCompiled
      if (table === undefined || types.has(table.type)) throw notCompiled
      const byKeys = `where t.${table.key} = any($1::${table.keyType}[])`
      types.set(table.type, rowsOf(table, selection.selectionSet, byKeys))
    }
    return types
  }

  function rootField(node: FieldNode): RootField {
    const edge = runtime.definition.edges['Query']?.[node.name.value]
    if (edge?.kind !== 'impersonal' || edge.listed === undefined) return resolved(node, 'Query')
    const { listed } = edge
    const ask = askOf(node, 'Query')
    const list = isNonNullType(ask.field.type) ? ask.field.type.ofType : ask.field.type
    if (!isListType(list)) throw notCompiled
    const rows = rowsOf(listed.table, node.selectionSet, `where ${listed.where} order by ${listed.order}`)
    return { kind: 'listed', key: responseKey(node), class: classOf('Query', node), ask, listed, rows }
  }

  function rowsOf(table: Table, set: SelectionSetNode | undefined, which: string): RowSelection {
    // What speaks of somebody, and what is judged by a place or a date, is decided row by row.
    if (table.persons ?? table.place ?? table.when ?? table.isCommon) throw notCompiled
    const columns = new Map<string, string>()
    const fields = fieldsOf(set, table.type).map((node): RowField => {
      const key = responseKey(node)
      const name = node.name.value
      if (name === '__typename') return { kind: 'typename', key, name: table.type }
      if (runtime.definition.edges[table.type]?.[name] !== undefined) return resolved(node, table.type)
      const sql = runtime.expressions.get(table.type)?.get(name)
      const { field } = askOf(node, table.type)
      if (sql === undefined || classOf(table.type, node).level !== 'L0' || !isLeaf(field.type)) throw notCompiled
      const column = columns.get(sql) ?? `c${columns.size}`
      columns.set(sql, column)
      return { kind: 'column', key, column, complete: completeOf(field.type, undefined) }
    })
    const read = [...columns].map(([sql, column]) => `, (${sql}) as ${column}`).join('')
    return {
      table,
      fields,
      isRead: columns.size > 0,
      text: `select t.${table.key}::text as key${read} from ${table.from} t ${which}`,
    }
  }

  function resolved(node: FieldNode, type: string): ResolvedField {
    const edge = runtime.definition.edges[type]?.[node.name.value]
    if (edge?.kind !== 'impersonal') throw notCompiled
    const ask = askOf(node, type)
    const complete = completeOf(ask.field.type, node.selectionSet)
    const isNullable = !isNonNullType(ask.field.type)
    return { kind: 'resolved', key: responseKey(node), class: classOf(type, node), ask, edge, isNullable, complete }
  }

  function askOf(node: FieldNode, type: string): AskedArguments {
    const object = schema.getType(type)
    const field = isObjectType(object) ? object.getFields()[node.name.value] : undefined
    const isClassified = (node.arguments ?? []).some(({ name }) =>
      runtime.arguments.has(`${type}.${node.name.value}(${name.value})`),
    )
    if (field === undefined || isClassified) throw notCompiled
    return { node, field }
  }

  function classOf(type: string, node: FieldNode): FieldClass {
    const fieldClass = runtime.classes.get(`${type}.${node.name.value}`)
    if (fieldClass === undefined) throw notCompiled
    return fieldClass
  }
}

function isLeaf(type: GraphQLOutputType): boolean {
  return isNonNullType(type) || isListType(type) ? isLeaf(type.ofType as GraphQLOutputType) : isLeafType(type)
}
