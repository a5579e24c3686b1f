import type { GraphQLFieldResolver, GraphQLResolveInfo } from 'graphql'
import { problem } from '../../policy/errors.ts'
import { mask } from '../../policy/mask.ts'
import type { FieldClass } from '../../policy/types.ts'
import { childList, childPage, citizenRow, lookUp, oneChild } from './edge-resolvers.ts'
import { isRow } from './gate.ts'
import type { RequestContext } from './request-context.ts'
import type { SubgraphRuntime } from './runtime.ts'
import type { Edge, Row } from './types.ts'

export type Resolver = GraphQLFieldResolver<unknown, RequestContext, Record<string, unknown>>

/** The resolver of a field that has an edge. */
export function edgeResolver(runtime: SubgraphRuntime, edge: Edge, coordinate: string): Resolver {
  const field = coordinate.slice(coordinate.indexOf('.') + 1)
  const citizens = runtime.tables.get('Citizen')
  return async (parent, args, context, info) => {
    if (edge.kind === 'lookup') return lookUp(edge, coordinate, args, context)
    if (edge.kind === 'resolve' || edge.kind === 'impersonal') return resolveFreely(edge, parent, args, context, info)
    const row = rowOf(parent, context)
    switch (edge.kind) {
      case 'one':
        return oneChild(edge, coordinate, row, context)
      case 'list':
        return childList(edge, coordinate, row, context)
      case 'connection':
        return childPage(edge, coordinate, row, args, context)
      case 'embed':
        return { ...row, __typename: edge.table.type, table: edge.table }
      case 'reference': {
        const key = await context.gate.read(row, field)
        return key === null ? null : context.gate.find.byKey(edge.table, String(key))
      }
      case 'person': {
        const persons = row.personsByField[edge.field] ?? []
        if (citizens === undefined) throw problem('INTERNAL')
        const rows = await Promise.all(persons.map((person) => citizenRow(citizens, person, context)))
        return info.returnType.toString().startsWith('[') ? rows : (rows[0] ?? null)
      }
      case 'catalogue': {
        const code = await context.gate.read(row, field)
        const entity = (value: unknown) => ({ __typename: edge.type, [edge.keyField]: value })
        return code === null ? null : Array.isArray(code) ? code.map(entity) : entity(code)
      }
    }
  }
}

async function resolveFreely(
  edge: Extract<Edge, { kind: 'resolve' | 'impersonal' }>,
  parent: unknown,
  args: Record<string, unknown>,
  context: RequestContext,
  info: GraphQLResolveInfo,
): Promise<unknown> {
  const row = context.gate.rowOf(parent) ?? context.rootRow(edge, args)
  const given = isRow(parent) ? parent : null
  const value =
    edge.kind === 'resolve'
      ? await edge.resolve(given, args, context, info)
      : (await edge.resolve([given], args, context))[0]
  if (info.operation.operation === 'mutation' && info.path.prev === undefined) await context.gate.refresh()
  return context.gate.stand(value, row)
}

/** The resolver of a scalar that stands in a column, masked where the verdict says so. */
export function columnResolver(field: FieldClass): Resolver {
  return async (parent, _args, context, info) => {
    const row = rowOf(parent, context)
    return masked(field, row, await context.gate.read(row, field.field), context, info)
  }
}

/** The resolver of a field that a plain object already holds. */
export function propertyResolver(field: FieldClass | undefined): Resolver {
  return (parent, _args, context, info) => {
    if (typeof parent !== 'object' || parent === null || !Object.hasOwn(parent, info.fieldName)) return null
    const value = (parent as Record<string, unknown>)[info.fieldName]
    const row = context.gate.rowOf(parent)
    if (row === null || field === undefined) return value
    return masked(field, row, context.gate.stand(value, row), context, info)
  }
}

/** The sealed id of a row, for this caller alone. */
export const idResolver: Resolver = (parent, _args, context) => {
  const row = rowOf(parent, context)
  return context.services.ids.seal(row.__typename, row.key, context.principal.audience)
}

function masked(
  field: FieldClass,
  row: Row,
  value: unknown,
  context: RequestContext,
  info: GraphQLResolveInfo,
): unknown {
  if (context.gate.given(row, field.coordinate)?.outcome !== 'MASK') return value
  const path: (string | number)[] = []
  for (let step: GraphQLResolveInfo['path'] | undefined = info.path; step !== undefined; step = step.prev)
    path.unshift(step.key)
  context.masked.push({ path, coordinate: field.coordinate, mask: field.mask })
  return mask(field.mask, value)
}

function rowOf(parent: unknown, context: RequestContext): Row {
  const row = context.gate.rowOf(parent)
  if (row === null) throw problem('INTERNAL')
  return row
}
