import { buildSubgraphSchema } from '@apollo/subgraph'
import {
  isInterfaceType,
  isObjectType,
  isUnionType,
  GraphQLError,
  Kind,
  parse,
  visit,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql'
import { denial, problem } from '../../policy/errors.ts'
import { shieldSchema, type FieldGuard } from '../../policy/shield.ts'
import type { Decision } from '../../policy/types.ts'
import { citizenRow, isJudgedAtRows } from './edge-resolvers.ts'
import { columnResolver, edgeResolver, idResolver, propertyResolver, type Resolver } from './field-resolvers.ts'
import { leanDocument } from './lean-document.ts'
import type { RequestContext } from './request-context.ts'
import type { SubgraphRuntime } from './runtime.ts'
import { sharedScalarsIn } from './scalars/shared-scalars.ts'
import type { Row } from './types.ts'

/**
 * The executable, shielded schema of a subgraph. Throws, naming the coordinate, where a field has neither a column, an
 * edge nor a class: nothing is answered by accident.
 */
export function buildSchema(runtime: SubgraphRuntime, whole: DocumentNode): GraphQLSchema {
  const document = leanDocument(whole)
  const bare = buildSubgraphSchema([{ typeDefs: document }])
  const resolvers: Record<string, Record<string, unknown>> = {}
  const keys = keyFieldsOf(document)
  for (const type of Object.values(bare.getTypeMap())) {
    if (type.name.startsWith('_')) continue
    if (isInterfaceType(type) || isUnionType(type))
      resolvers[type.name] = { __resolveType: (value: { __typename: string }) => value.__typename }
    if (!isObjectType(type)) continue
    const fields = Object.keys(type.getFields()).filter((field) => !field.startsWith('_'))
    resolvers[type.name] = Object.fromEntries(fields.map((field) => [field, resolverOf(runtime, type.name, field)]))
    const key = keys.get(type.name)
    if (key !== undefined)
      resolvers[type.name] = { ...resolvers[type.name], __resolveReference: referenceResolver(runtime, type.name, key) }
  }
  const used = Object.fromEntries(sharedScalarsIn(document).map((scalar) => [scalar.name, scalar]))
  const schema = buildSubgraphSchema([{ typeDefs: document, resolvers: { ...resolvers, ...used } as never }])
  return shieldSchema<RequestContext>(schema, guardOf(runtime))
}

function resolverOf(runtime: SubgraphRuntime, type: string, field: string): Resolver {
  const coordinate = `${type}.${field}`
  const edge = runtime.definition.edges[type]?.[field]
  const fieldClass = runtime.classes.get(coordinate)
  if (fieldClass === undefined) throw new Error(`${runtime.definition.name}: ${coordinate} has no class`)
  if (edge !== undefined) return edgeResolver(runtime, edge, coordinate)
  if (!runtime.tables.has(type)) {
    if (type === 'Query' || type === 'Mutation')
      throw new Error(`${runtime.definition.name}: ${coordinate} has no edge`)
    return propertyResolver(fieldClass)
  }
  if (field === 'id' && fieldClass.structure) return idResolver
  if (!runtime.expressions.get(type)?.has(field))
    throw new Error(`${runtime.definition.name}: ${coordinate} has neither column nor edge`)
  return columnResolver(fieldClass)
}

/** Opens the key of an entity; a forged or foreign id is refused alike, whatever exists. */
function referenceResolver(runtime: SubgraphRuntime, type: string, keyField: string) {
  return async (reference: Record<string, unknown>, context: RequestContext): Promise<unknown> => {
    const table = runtime.tables.get(type)
    const value = String(reference[keyField])
    if (table === undefined) return { __typename: type, [keyField]: value }
    const key = keyField === 'id' ? context.services.ids.open(value, type, context.principal.audience) : value
    if (key === null)
      throw problem('BAD_USER_INPUT', { vi: 'mã định danh không dùng được ở đây', en: 'the id is not valid here' })
    return type === 'Citizen' ? citizenRow(table, key, context) : context.gate.find.byKey(table, key)
  }
}

/** Decisions as shield rules: open and structural fields pass, everything else asks the gate. */
function guardOf(runtime: SubgraphRuntime): FieldGuard<RequestContext> {
  return (coordinate) => {
    if (coordinate === 'Query._entities') return 'always'
    const field = runtime.classes.get(coordinate)
    // `_service` too: nobody reads a subgraph's SDL over the wire.
    if (field === undefined) return 'never'
    const edge = runtime.definition.edges[field.type]?.[field.field]
    if (field.level === 'L0' || field.structure || edge?.kind === 'lookup') return 'always'
    const isRoot = field.type === 'Query' || field.type === 'Mutation'
    return async (parent, args, context): Promise<true | GraphQLError> => {
      const row = isRoot && edge !== undefined ? context.rootRow(edge, args) : context.gate.rowOf(parent)
      if (row === null) return denial({ ...closed, level: field.level }, context.errorPlace(coordinate))
      const isAnywhere = edge !== undefined && isJudgedAtRows(edge, row)
      try {
        const decision = await context.gate.decide(row, coordinate, { isAnywhere })
        const filtered =
          decision.outcome === 'ALLOW' ? await filterDecision(runtime, coordinate, args, row, context) : null
        const verdict = filtered ?? decision
        return verdict.outcome === 'ALLOW' || (verdict.outcome === 'MASK' && filtered === null)
          ? true
          : denial(verdict, context.errorPlace(coordinate))
      } catch (error) {
        return error instanceof GraphQLError ? error : problem('INTERNAL')
      }
    }
  }
}

/** A filter reads the field it touches, of every row it ranges over: it needs ALLOW whoever they are (design §3). */
async function filterDecision(
  runtime: SubgraphRuntime,
  coordinate: string,
  args: Record<string, unknown>,
  row: Row,
  context: RequestContext,
): Promise<Decision | null> {
  for (const name of Object.keys(args)) {
    const filter = runtime.arguments.get(`${coordinate}(${name})`)
    if (filter?.use !== 'FILTER' || context.isOpen(filter.of)) continue
    const decision = await context.gate.decide({ ...row, persons: [] }, filter.of)
    if (decision.outcome !== 'ALLOW') return decision
  }
  return null
}

const closed = {
  outcome: 'DENY',
  conditional: false,
  rule: 'default-deny',
  basis: null,
  citation: 'Luật 91/2025/QH15, Điều 9',
  proposal: false,
  code: 'CLASSIFICATION_DENIED',
  failed: 'basis',
} as const

/** Type -> the one field of its first resolvable @key. */
function keyFieldsOf(document: DocumentNode): Map<string, string> {
  const keys = new Map<string, string>()
  visit(document, {
    ObjectTypeDefinition: (type) => {
      const key = type.directives?.find((directive) => directive.name.value === 'key')
      const fields = key?.arguments?.find((argument) => argument.name.value === 'fields')?.value
      if (fields?.kind !== Kind.STRING) return
      const selection = parse(`{ ${fields.value} }`).definitions[0]
      const first = selection?.kind === Kind.OPERATION_DEFINITION ? selection.selectionSet.selections[0] : undefined
      if (first?.kind === Kind.FIELD) keys.set(type.name.value, first.name.value)
    },
  })
  return keys
}
