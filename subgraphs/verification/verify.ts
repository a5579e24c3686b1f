import { signAttestation } from '../../evidence/attestation.ts'
import { problem } from '../../policy/errors.ts'
import type { VerificationPolicy } from '../../policy/verification.ts'
import type { Edge, SubgraphContext } from '../kit/types.ts'
import type { Answers } from './answers.ts'
import { compare, placesOf } from './ask-sources.ts'
import { questionFrom, type Question } from './question-from.ts'
import { refuseByRules, refuseByTries } from './refuse-claims.ts'
import { claimKinds } from './sources.ts'

/**
 * `Query.verify`: finds where each claim lies, decides by the fields behind it, takes a try of what is left, and only then
 * has the databases compare. The same statements run whether or not there is such a person; what a caller is refused, they
 * are refused for both (design I4).
 */
export function createVerify(policy: VerificationPolicy): Edge {
  return {
    kind: 'resolve',
    about: (args) => ({ persons: [String(args['personalId'])] }),
    resolve: async (_parent, args, context) => {
      const question = questionFrom(args, context.principal.purpose, policy)
      const answers: Answers = new Map()
      const places = await placesOf(question, answers, context)
      await refuseByRules(question, places, answers, context)
      await refuseByTries(question, answers, policy, context)
      await compare(question, places, answers, context)
      return {
        answers: question.claims.map(({ name }) => answers.get(name) ?? problem('INTERNAL')),
        attestation: await attestationOf(question, answers, policy, context),
      }
    },
  }
}

const hourMs = 3_600_000

/** Null where none was asked for, or nothing was answered that could be signed. */
async function attestationOf(
  { person, claims, attestation }: Question,
  answers: Answers,
  policy: VerificationPolicy,
  { services }: SubgraphContext,
): Promise<string | null> {
  const attested = claims.flatMap(({ name, value }) => {
    const answer = answers.get(name)
    const isAnswered = answer !== undefined && 'result' in answer
    return isAnswered ? [{ name: claimKinds[name].input, value, result: answer.result }] : []
  })
  if (attestation === null || attested.length === 0) return null
  const at = services.clock()
  const expiresAt = new Date(at.getTime() + policy.attestation.hours * hourMs)
  return signAttestation({ ...attestation, at, expiresAt }, person, attested, services.keys.signing)
}
