import type { GatewayExecutor } from '@apollo/server-gateway-interface'
import { getNamedType, getVariableValues, GraphQLID, Kind } from 'graphql'
import type { GatewayContext } from '../context.ts'
import { type AnswerShape, answerShapeOf, shapedAnswer } from './answer-shape.ts'
import { isRunnable } from './is-runnable.ts'
import type { PlanSource, QueryPlan } from './plan-types.ts'
import { type RequestContext, runPlan } from './run-plan.ts'

type Known = { plan: QueryPlan; shape: AnswerShape; showsIds: boolean } | null

/** Plans that are kept; the longest unused goes first. */
const kept = 2000

/** An executor that runs known plans itself, and what tells it of them. */
export type PlanExecutor = {
  executor: (apollo: GatewayExecutor) => GatewayExecutor
  /** Learns the plan that Apollo made for a request. */
  learn: (plan: QueryPlan, request: RequestContext) => void
}

/**
 * Apollo plans each operation, and answers it the first time; from then on the plan is run here: Apollo's executor builds
 * the operation anew for every request and walks the answer with it, which is most of what a gateway costs. The answers
 * are the same.
 */
export function createExecutor(sourceOf: (subgraph: string) => PlanSource): PlanExecutor {
  const plans = new Map<string, Known>()
  return {
    learn: (plan, request) => {
      plans.set(keyOf(request), knownPlan(plan, request))
      const [oldest] = plans.keys()
      if (plans.size > kept && oldest !== undefined) plans.delete(oldest)
    },
    executor: (apollo) => async (request) => {
      const key = keyOf(request)
      const known = plans.get(key)
      const given = request.request.variables ?? {}
      const { coerced } = getVariableValues(request.schema, request.operation.variableDefinitions ?? [], given)
      // What Apollo has yet to plan, and what it refuses.
      if (!known || coerced === undefined) return apollo(request)
      plans.delete(key)
      plans.set(key, known)
      const { scope } = request.context as GatewayContext
      if (scope !== null && !known.showsIds) scope.hidesIds = true
      const { data, errors } = await runPlan(known.plan, request, sourceOf)
      const answer = shapedAnswer(known.shape, data, coerced)
      return errors.length === 0 ? { data: answer } : { errors, data: answer }
    },
  }
}

function knownPlan(plan: QueryPlan, { schema, document }: RequestContext): Known {
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
  const [operation] = operations
  if (operations.length !== 1 || operation === undefined || !isRunnable(plan, schema)) return null
  const shape = answerShapeOf(schema, document, operation)
  return shape && { plan, shape, showsIds: showsIds(shape) }
}

/** Also where only some variables ask for one. */
function showsIds(shape: AnswerShape): boolean {
  return shape.some(
    ({ type, children }) =>
      (type !== null && getNamedType(type) === GraphQLID) || (children !== null && showsIds(children)),
  )
}

function keyOf({ queryHash, request }: RequestContext): string {
  return `${queryHash} ${request.operationName ?? ''}`
}
