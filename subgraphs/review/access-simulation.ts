import type { Edge } from '../kit/types.ts'
import type { Ask } from './ask.ts'
import type { AskerFrom } from './asker-from.ts'
import { reasonOf } from './reason-of.ts'

type Resolve = Extract<Edge, { kind: 'resolve' }>['resolve']

/** `accessSimulation`: a dry run of an operation as somebody who asks. Throws BAD_USER_INPUT for a caller that is none. */
export function createAccessSimulation(ask: Ask, askerFrom: AskerFrom): Resolve {
  return async (_root, args, { services: { graph } }) => {
    const [operationName, variables] = [textOr(args['operationName']), textOr(args['variables'])]
    const sent = { query: String(args['query']), operationName, variables }
    const asker = askerFrom(args)
    const { refusal, fields } = await ask({ ask: 'simulation', asker, sent }, graph)
    const known = Object.entries({ ...asker.caller, ...asker.facts })
    return {
      refusal: refusal && { code: refusal.code, reason: { vi: refusal.vi, en: refusal.en } },
      known: known.map(([name, value]) => ({ name, value: value === null ? null : String(value) })),
      fields: fields.map((field) => ({ ...field, reason: reasonOf(field.code) })),
    }
  }
}

const textOr = (value: unknown): string | null => (typeof value === 'string' ? value : null)
