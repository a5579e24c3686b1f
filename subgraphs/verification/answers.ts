import type { GraphQLError } from 'graphql'
import type { AttestedClaim } from '../../evidence/attestation.ts'
import type { Question } from './question-from.ts'
import { claimKinds, type Claim, type ClaimName, type SourceName } from './sources.ts'

/** What is known of each claim so far: its answer, or why it gets none. A claim that is not in it is still open. */
export type Answers = Map<ClaimName, Answer | GraphQLError>
export type Answer = { claim: ClaimName; result: AttestedClaim['result'] }

/** The claims that were neither answered nor refused. */
export function openClaims({ claims }: Question, answers: Answers): Claim[] {
  return claims.filter(({ name }) => !answers.has(name))
}

/** The claims by the database that can tell. */
export function bySource(claims: readonly Claim[]): ReadonlyMap<SourceName, readonly Claim[]> {
  return Map.groupBy(claims, ({ name }) => claimKinds[name].source)
}
