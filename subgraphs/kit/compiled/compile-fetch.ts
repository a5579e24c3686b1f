import { Kind, print, type DocumentNode, type FieldNode, type GraphQLSchema, type SelectionSetNode } from 'graphql'
import type { SubgraphRuntime } from '../runtime.ts'
import { createRowCompiler } from './compile-rows.ts'
import { fieldsIn, ifCompiled, notCompiled, responseKey } from './selected-fields.ts'
import type { CompiledFetch, RootField } from './types.ts'

/**
 * A fetch as levels of rows below citizens; null where it asks for anything else (changes, searches, catalogues, rows by
 * other keys): the plain path answers those.
 */
export function compileFetch(
  runtime: SubgraphRuntime,
  schema: GraphQLSchema,
  document: DocumentNode,
): CompiledFetch | null {
  return ifCompiled(() => compiled(runtime, schema, document))
}

function compiled(runtime: SubgraphRuntime, schema: GraphQLSchema, document: DocumentNode): CompiledFetch {
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
  const [operation] = operations
  const citizens = runtime.tables.get('Citizen')
  const query = schema.getQueryType()
  if (operations.length !== 1 || operation?.operation !== 'query' || citizens === undefined || !query) throw notCompiled
  const fieldsOf = fieldsIn(document)
  const compiler = createRowCompiler(runtime, schema, fieldsOf)
  const asked = fieldsOf(operation.selectionSet, 'Query')

  const [entities] = asked
  if (asked.length === 1 && entities?.name.value === '_entities') {
    const citizen = compiler.rows(citizens, ofCitizens(entities))
    return { operation, roots: null, citizen, entitiesKey: responseKey(entities), levels: compiler.levels }
  }
  const roots = asked.map((node): RootField => {
    const edge = runtime.definition.edges['Query']?.[node.name.value]
    const fieldClass = runtime.classes.get(`Query.${node.name.value}`)
    const field = query.getFields()[node.name.value]
    if (edge?.kind !== 'lookup' || edge.table !== citizens || citizens.place === undefined || !fieldClass || !field)
      throw notCompiled
    return { key: responseKey(node), node, field, edge, class: fieldClass }
  })
  // One statement has one shape.
  if (new Set(roots.map(({ node }) => (node.selectionSet ? print(node.selectionSet) : ''))).size !== 1)
    throw notCompiled
  const citizen = compiler.rows(citizens, roots[0]?.node.selectionSet)
  return { operation, roots, citizen, entitiesKey: '', levels: compiler.levels }
}

/** The one selection of `_entities { ... on Citizen { } }`. */
function ofCitizens({ selectionSet }: FieldNode): SelectionSetNode {
  const [only, ...others] = selectionSet?.selections ?? []
  const isOfCitizens = only?.kind === Kind.INLINE_FRAGMENT && only.typeCondition?.name.value === 'Citizen'
  if (!isOfCitizens || others.length > 0 || (only.directives?.length ?? 0) > 0) throw notCompiled
  return only.selectionSet
}
