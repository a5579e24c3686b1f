import { isCounted, strictest, withinVolume } from '../../../policy/decide.ts'
import type { Decision } from '../../../policy/types.ts'
import { tooManyAsked } from '../../../policy/volume.ts'
import type { Verdict } from '../../../policy/verdict.ts'
import type { RowVerdict, VerdictNow } from '../verdicts.ts'
import type { CallerCounts } from './reading-counts.ts'

/**
 * Verdicts whose persons are counted before anything of them is read: as somebody the caller asked about, whatever the
 * verdict, and, where it grants on a basis the person has no hand in, as somebody the organisation read. Oneself and
 * those one represents are neither. A count that is over its limit turns the verdict into a refusal.
 */
export function countedVerdicts(verdictFor: VerdictNow, counts: CallerCounts): VerdictNow {
  /** Its number of a person, or of an identifier that is nobody's: whether it exists makes no difference. */
  const ofPart = (part: Verdict, nobody: string | null): Verdict | Promise<unknown> => {
    const { decision, facts, person } = part
    const unit = person ?? nobody
    if (unit === null || facts.relation === 'SELF' || facts.relation === 'REPRESENTATIVE') return part
    const mayAsk = counts.asks(unit)
    if (mayAsk instanceof Promise) return mayAsk
    if (!mayAsk) return { ...part, decision: tooManyAsked(decision.level) }
    if (person === null || !isCounted(decision)) return part
    const volume = counts.reads(person, decision.level)
    if (volume instanceof Promise) return volume
    if (volume === 'WITHIN') return part
    return { ...part, decision: withinVolume(decision, { volume }), facts: { ...facts, volume } }
  }

  /** A request counts nobody twice: what was told of a verdict holds as long as it lasts. */
  const settled = new Map<RowVerdict, RowVerdict>()
  return (field, row, isAnywhere) => {
    const verdict = verdictFor(field, row, isAnywhere)
    if (verdict instanceof Promise) return verdict
    const nobody = row.exists || row.key === '' ? null : `${row.__typename} ${row.key}`
    const known = nobody === null ? settled.get(verdict) : undefined
    if (known !== undefined) return known
    const told = counted(verdict, nobody)
    if (nobody === null && !(told instanceof Promise)) settled.set(verdict, told)
    return told
  }

  function counted(verdict: RowVerdict, nobody: string | null): RowVerdict | Promise<unknown> {
    const asked = verdict.parts.map((part) => ofPart(part, nobody))
    const waiting = asked.filter((part) => part instanceof Promise)
    if (waiting.length > 0) return Promise.all(waiting)
    const parts = asked as Verdict[]
    if (parts.every((part, index) => part === verdict.parts[index])) return verdict
    const decision = strictest(parts.map((part) => part.decision) as [Decision, ...Decision[]])
    return { ...verdict, decision, parts }
  }
}
