import { getArgumentValues, getVariableValues, type GraphQLSchema } from 'graphql'
import { pageSizeFrom } from '../cursor.ts'
import type { RequestContext } from '../request-context.ts'
import type { CompiledFetch, RootField } from './types.ts'

/** A citizen asked for, and where in the answer. */
export type Asked = { person: string; root: RootField | null; at: readonly (string | number)[] }

/** Whom a fetch asks about, and how many rows each of its pages has. */
export type AskedPeople = { asked: readonly Asked[]; pageSizes: readonly number[] }

/** Reads what a request gives a fetch. Null for what the plain path must refuse or answer: it knows the words. */
export function askedPeople(
  fetch: CompiledFetch,
  schema: GraphQLSchema,
  variables: Readonly<Record<string, unknown>>,
  context: RequestContext,
): AskedPeople | null {
  try {
    const { coerced } = getVariableValues(schema, fetch.operation.variableDefinitions ?? [], variables)
    if (coerced === undefined) return null
    const pageSizes: number[] = []
    for (const { page } of fetch.levels.flatMap(({ children }) => children)) {
      if (page === null) continue
      const { first, ...others } = getArgumentValues(page.field, page.node, coerced)
      if (Object.values(others).some((value) => value !== null && value !== undefined)) return null
      pageSizes[page.limit] = pageSizeFrom(first)
    }
    const asked =
      fetch.roots === null
        ? askedEntities(fetch, coerced['representations'], context)
        : fetch.roots.map((root) => ({
            person: root.edge.key(getArgumentValues(root.field, root.node, coerced), context),
            root,
            at: [root.key],
          }))
    return asked === null ? null : { asked, pageSizes }
  } catch {
    return null
  }
}

function askedEntities({ entitiesKey }: CompiledFetch, given: unknown, context: RequestContext): Asked[] | null {
  if (!Array.isArray(given)) return null
  const asked: Asked[] = []
  for (const [index, representation] of (given as unknown[]).entries()) {
    const { __typename: type, id } = representation as { __typename?: unknown; id?: unknown }
    const person =
      type === 'Citizen' && typeof id === 'string'
        ? context.services.ids.open(id, type, context.principal.audience)
        : null
    if (person === null) return null
    asked.push({ person, root: null, at: [entitiesKey, index] })
  }
  return asked
}
