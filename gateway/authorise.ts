import { createHash } from 'node:crypto'
import type { GatewayExecutor } from '@apollo/server-gateway-interface'
import { getVariableValues, GraphQLError } from 'graphql'
import { denial } from '../policy/errors.ts'
import { cutOperation, type ArgumentClasses, type CutOperation } from '../policy/operation/cut-operation.ts'
import { createMemory } from '../policy/create-memory.ts'
import type { EarlyDecisions } from '../policy/operation/early-decisions.ts'
import { inOrder } from './authorise/in-order.ts'
import { namedPersons, type OpenPerson } from './authorise/named-persons.ts'
import { refusalEntries } from './authorise/refusal-entries.ts'
import { restoreNulls } from '../policy/operation/restore-nulls.ts'
import { createSamePerson, type Subjects } from '../policy/operation/same-person.ts'
import { rootFieldsOf } from '../policy/operation/written-out.ts'
import { createRequestScope } from '../policy/request-scope.ts'
import type { GatewayContext } from './context.ts'

export type AuthoriseDeps = {
  early: (principal: GatewayContext['principal']) => EarlyDecisions
  arguments: ArgumentClasses
  subjects: Subjects
  openPerson: OpenPerson
}

/**
 * Around the gateway's executor: cut what is denied, put the cut into the plan's cache key, execute what is left,
 * restore the shape that was asked for, and leave the refusals that reached no subgraph in the context, to be recorded.
 */
export function authorise(inner: GatewayExecutor, deps: AuthoriseDeps): GatewayExecutor {
  const remembered = createMemory<CutOperation & { planHash: string }>(2000)
  return async (requestContext) => {
    const context = requestContext.context as GatewayContext
    const early = deps.early(context.principal)
    const { schema, document, operation, queryHash } = requestContext
    // With the defaults of those that were left out: a condition or a person may stand in one.
    const given = requestContext.request.variables ?? {}
    const { coerced: variables, errors: unfit } = getVariableValues(schema, operation.variableDefinitions ?? [], given)
    // Refused as a whole (GraphQL §6.1), also where only cut fields would have looked at it.
    if (variables === undefined) return { errors: unfit.map(withCode) }

    const key = `${queryHash} ${requestContext.operationName ?? ''} ${early.signature}`
    const cut = remembered(key, () => {
      const isSamePerson = createSamePerson(schema, deps.subjects)
      const made = cutOperation(schema, document, operation, early, deps.arguments, isSamePerson)
      return { ...made, planHash: hash(queryHash, made.signature) }
    })

    context.scope = operation.operation === 'query' ? createRequestScope(context.principal.caseNumber) : null
    const result =
      cut.document === null
        ? { data: {} }
        : await inner({ ...requestContext, document: cut.document, queryHash: cut.planHash })
    // Refused as a whole: there is no answer to give a shape to.
    if (result.data === undefined) return result
    const { data, places } = restoreNulls(cut.shape, result.data, variables)
    const refusals = places.map((place) =>
      denial(place.decision, {
        ...place,
        requestId: context.requestId,
        grantee: context.principal.org,
        purpose: context.principal.purpose,
        caseNumber: context.principal.caseNumber,
      }),
    )
    const cutErrors = refusals.map(
      (error, index) => new GraphQLError(error.message, { path: places[index]?.path, extensions: error.extensions }),
    )

    // Recorded before the answer leaves, with whatever else the gateway refused of this request.
    if (places.length > 0) {
      const roots = rootFieldsOf(schema, document, operation)
      const { principal } = context
      const named = namedPersons(schema, operation.operation, roots, variables, principal, deps)
      context.refusals.push(...refusalEntries(places, named, principal))
    }
    const { masked, errors } = withoutNotices(inOrder(cut.shape, [...(result.errors ?? []), ...cutErrors]))
    if (masked.length > 0) context.masked.push(...masked)
    return { data: result.data === null && places.length === 0 ? null : data, ...(errors.length > 0 ? { errors } : {}) }
  }
}

/** Subgraphs announce masked values as errors, so that their paths are translated like errors' paths. */
function withoutNotices(all: readonly GraphQLError[]): { masked: GatewayContext['masked']; errors: GraphQLError[] } {
  const isNotice = (error: GraphQLError) => error.extensions['code'] === 'MASKED'
  const masked = all.filter(isNotice).map((error) => ({
    path: error.path ?? [],
    coordinate: String(error.extensions['coordinate']),
    mask: String(error.extensions['mask']),
  }))
  return { masked, errors: all.filter((error) => !isNotice(error)) }
}

/** Told as what it is: a mistake of the client's. */
function withCode({ message, nodes }: GraphQLError): GraphQLError {
  return new GraphQLError(message, { nodes: nodes ?? null, extensions: { code: 'BAD_USER_INPUT' } })
}

function hash(queryHash: string, signature: string): string {
  return createHash('sha256').update(`${queryHash} ${signature}`).digest('hex')
}
