import type { FetchNode, PlanNode } from './plan-types.ts'

/** Steps of a plan by what they ask, wherever they ask it: one fetch for each entity would be fifty for fifty aliases. */
export function sameQuestions(nodes: readonly PlanNode[]): PlanNode[][] {
  const groups = new Map<unknown, PlanNode[]>()
  for (const node of nodes) {
    const fetch = node.kind === 'Flatten' && node.node.kind === 'Fetch' ? node.node : null
    const key = fetch?.requires === undefined ? node : questionOf(fetch)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [node])
    else group.push(node)
  }
  return [...groups.values()]
}

const questions = new WeakMap<FetchNode, string>()

/** What a fetch asks, whatever its plan calls it. */
function questionOf(fetch: FetchNode): string {
  const known = questions.get(fetch)
  if (known !== undefined) return known
  const { serviceName, operation, operationName, requires } = fetch
  const text = operationName === undefined ? operation : operation.replace(operationName, '')
  const question = JSON.stringify([serviceName, text, requires])
  questions.set(fetch, question)
  return question
}
