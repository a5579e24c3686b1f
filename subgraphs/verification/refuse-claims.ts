import { denial, problem } from '../../policy/errors.ts'
import type { Outcome } from '../../policy/types.ts'
import type { VerificationPolicy } from '../../policy/verification.ts'
import { absentRow } from '../kit/find-rows.ts'
import type { SubgraphContext, Table } from '../kit/types.ts'
import { bySource, openClaims, type Answers } from './answers.ts'
import type { Places } from './ask-sources.ts'
import type { Question } from './question-from.ts'
import { claimKinds } from './sources.ts'

/** Whoever may read a field, masked too, or verify it alone, may have a claim about it compared. */
const opening: ReadonlySet<Outcome> = new Set(['ALLOW', 'MASK', 'VERIFY_ONLY'])
/** Rows that are judged and never read. */
const judged: Table = { type: 'Citizen', from: '', key: '', keyType: 'text', columns: {} }

/** Refuses the claims whose fields are closed to the caller, of this person at the place that was found. */
export async function refuseByRules(
  question: Question,
  places: Places,
  answers: Answers,
  { gate, principal, requestId }: SubgraphContext,
): Promise<void> {
  const { org: grantee, purpose, caseNumber } = principal
  const refusals = [...bySource(openClaims(question, answers))].flatMap(([source, claims]) => {
    const codes = Object.values(places.get(source) ?? {}).filter((code) => code !== null)
    const row = { ...absentRow(judged, question.person), place: codes }
    return claims.map(async ({ name }) => {
      const decisions = claimKinds[name].behind.map(async (coordinate) => ({
        coordinate,
        decision: await gate.decide(row, coordinate),
      }))
      const closed = (await Promise.all(decisions)).find(({ decision }) => !opening.has(decision.outcome))
      if (closed === undefined) return
      const { coordinate, decision } = closed
      answers.set(name, denial(decision, { coordinate, requestId, grantee, purpose, caseNumber }))
    })
  })
  await Promise.all(refusals)
}

/** Takes a try of each open claim, and refuses those of which too many values were tried. Throws COUNT_UNAVAILABLE. */
export async function refuseByTries(
  question: Question,
  answers: Answers,
  { tries }: VerificationPolicy,
  { services, principal, requestId, gate }: SubgraphContext,
): Promise<void> {
  const { person } = question
  const taken = openClaims(question, answers).map(({ name, value }) => ({ claim: name, value: String(value) }))
  if (taken.length === 0) return
  const refused = await services.verifying?.reserve(principal, person, taken, tries, services.clock())
  if (refused === undefined) throw problem('COUNT_UNAVAILABLE')
  const coordinate = 'ClaimAnswer.result'
  for (const { claim } of taken.filter((one) => refused.has(one.claim)))
    answers.set(claim, problem('VERIFICATION_LIMIT', undefined, { coordinate, requestId }))
  if (refused.size === 0) return
  gate.record({
    subject: person,
    coordinates: [coordinate],
    outcome: 'DENY',
    code: 'VERIFICATION_LIMIT',
    level: 'L1',
    rule: 'verification-tries',
    basis: null,
    citation: 'Luật 91/2025/QH15, Điều 18 khoản 2',
    consentId: null,
    consentVersion: null,
    caseNumber: principal.caseNumber,
  })
}
