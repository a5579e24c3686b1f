import { explain } from '../../policy/review/explain.ts'
import { stepWords } from '../../policy/review/step-words.ts'
import type { Edge } from '../kit/types.ts'
import type { AskerFrom } from './asker-from.ts'
import { fieldNamed } from './field-named.ts'
import { reasonOf } from './reason-of.ts'

type Resolve = Extract<Edge, { kind: 'resolve' }>['resolve']

/** `accessExplanation`: a what-if for one field. Throws BAD_USER_INPUT for a field or caller that does not exist. */
export function createAccessExplanation(askerFrom: AskerFrom): Resolve {
  return (_root, args, { services: { graph } }) => {
    const field = fieldNamed(graph, args)
    const { coordinate, decision, title, path, nearest, flip } = explain(graph.rules, askerFrom(args), field)
    return {
      ...decision,
      coordinate,
      title,
      reason: reasonOf(decision.code),
      path: path.map((step) => ({ ...step, name: { ...stepWords[step.step] } })),
      nearest: nearest.map(({ effect, ...near }) => ({ ...near, outcome: effect })),
      smallestChange: flip,
    }
  }
}
