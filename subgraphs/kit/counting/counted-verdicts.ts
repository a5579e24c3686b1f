import { isCounted, strictest, withinVolume } from '../../../policy/decide.ts'
import type { Decision } from '../../../policy/types.ts'
import { tooManyAsked } from '../../../policy/volume.ts'
import type { createVerdicts, Verdict } from '../verdicts.ts'
import type { CallerCounts } from './reading-counts.ts'

type VerdictFor = ReturnType<typeof createVerdicts>

/**
 * Verdicts whose persons are counted before anything of them is read: as somebody the caller asked about, whatever the
 * verdict, and, where it grants on a basis the person has no hand in, as somebody the organisation read. Oneself and
 * those one represents are neither. A count that is over its limit turns the verdict into a refusal.
 */
export function countedVerdicts(verdictFor: VerdictFor, counts: CallerCounts): VerdictFor {
  /** Its number of a person, or of an identifier that is nobody's: whether it exists makes no difference. */
  const ofPart = async (part: Verdict, nobody: string | null): Promise<Verdict> => {
    const { decision, facts, person } = part
    const unit = person ?? nobody
    if (unit === null || facts.relation === 'SELF' || facts.relation === 'REPRESENTATIVE') return part
    if (!(await counts.asks(unit))) return { ...part, decision: tooManyAsked(decision.level) }
    if (person === null || !isCounted(decision)) return part
    const volume = await counts.reads(person, decision.level)
    if (volume === 'WITHIN') return part
    return { ...part, decision: withinVolume(decision, { volume }), facts: { ...facts, volume } }
  }

  return async (field, row, isAnywhere) => {
    const verdict = await verdictFor(field, row, isAnywhere)
    const nobody = row.exists || row.key === '' ? null : `${row.__typename} ${row.key}`
    const parts = await Promise.all(verdict.parts.map((part) => ofPart(part, nobody)))
    if (parts.every((part, index) => part === verdict.parts[index])) return verdict
    return { decision: strictest(parts.map(({ decision }) => decision) as [Decision, ...Decision[]]), parts }
  }
}
