import * as cedar from '@cedar-policy/cedar-wasm/nodejs'
import type { Outcome } from '../types.ts'
import type { Bundle } from './bundle.ts'
import { anyAction, cedarActions, cedarPolicies } from './cedar-policies.ts'
import { cedarSchema, type CedarEntity } from './cedar-schema.ts'
import type { Point } from './finite-space.ts'

const outcomeOf = {
  read: 'ALLOW',
  readMasked: 'MASK',
  verify: 'VERIFY_ONLY',
  aggregate: 'AGGREGATE_ONLY',
  verifyByConsent: 'VERIFY_ONLY',
} as const

/** What Cedar's validator says against the exported policies; empty where they hold. */
export function cedarProblems(bundle: Bundle): string[] {
  const answer = cedar.validate({ schema: cedarSchema(), policies: { staticPolicies: cedarPolicies(bundle) } })
  if (answer.type === 'failure') return answer.errors.map(({ message }) => message)
  const found = [...answer.validationErrors, ...answer.validationWarnings]
  return found.map(({ policyId, error }) => `${policyId}: ${error.message}`)
}

/** Cedar's engine with the exported policies: the most open action it allows is the outcome. Throws where it can't tell. */
export function createCedarEngine(bundle: Bundle): (caller: CedarEntity, field: CedarEntity, point: Point) => Outcome {
  const id = 'exported'
  const parsed = cedar.preparsePolicySet(id, { staticPolicies: cedarPolicies(bundle) })
  if (parsed.type === 'failure') throw new Error(parsed.errors.map(({ message }) => message).join('\n'))
  return (caller, field, point) => {
    const isAllowed = (action: string): boolean => {
      const answer = cedar.statefulIsAuthorized({
        principal: caller.uid,
        action: { type: 'Action', id: action },
        resource: field.uid,
        context: point,
        preparsedPolicySetId: id,
        entities: [caller, field],
      })
      if (answer.type === 'failure') throw new Error(answer.errors.map(({ message }) => message).join('\n'))
      const { decision, diagnostics } = answer.response
      if (diagnostics.errors.length > 0)
        throw new Error(diagnostics.errors.map(({ error }) => error.message).join('\n'))
      return decision === 'allow'
    }
    const found = isAllowed(anyAction) ? cedarActions.find(isAllowed) : undefined
    return found === undefined ? 'DENY' : outcomeOf[found]
  }
}
