import { isObjectType, type GraphQLSchema } from 'graphql'
import type { FetchNode, KeyPart, PlanNode, QueryPlan } from './plan-types.ts'

/**
 * True where every step of the plan is one that `runPlan` knows: fetches without rewrites, whose keys are plain fields of
 * one object type. Conditions, deferred parts and what joins over interfaces are Apollo's own executor's.
 */
export function isRunnable({ node }: QueryPlan, schema: GraphQLSchema): boolean {
  const isKnown = (at: PlanNode): boolean => {
    if (at.kind === 'Sequence' || at.kind === 'Parallel') return at.nodes.every(isKnown)
    if (at.kind === 'Flatten') return isKnown(at.node)
    return at.kind === 'Fetch' && isPlain(at, schema)
  }
  return node !== undefined && node.kind !== 'Subscription' && isKnown(node)
}

function isPlain(
  { inputRewrites, outputRewrites, contextRewrites, requires }: FetchNode,
  schema: GraphQLSchema,
): boolean {
  const isRewritten = [inputRewrites, outputRewrites, contextRewrites].some((rewrites) => (rewrites?.length ?? 0) > 0)
  const keys = (requires ?? []) as KeyPart[]
  return !isRewritten && keys.every((key) => key.kind === 'InlineFragment' && isPlainKey(key, schema))
}

function isPlainKey(
  { typeCondition = '', selections }: Extract<KeyPart, { kind: 'InlineFragment' }>,
  schema: GraphQLSchema,
) {
  const ofOneType = isObjectType(schema.getType(typeCondition))
  return ofOneType && selections.every((part) => part.kind === 'Field' && part.selections === undefined)
}
