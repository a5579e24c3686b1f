import { replay, type DecidingBundle, type StoredVerdict } from '../replay.ts'
import { explain, type Explanation } from './explain.ts'

/** A verdict of the log, explained by the rules of its time. */
export type StoredExplanation = Explanation & {
  /** What the log says came of it. */
  stored: Pick<StoredVerdict, 'outcome' | 'code' | 'level' | 'rule' | 'basis' | 'citation'>
  /** Deciding again, by the rules of its time and what was known then, gives the same. */
  isSame: boolean
}

/**
 * Decides a stored verdict again and explains it, field by field. Empty where no rule decided: a change, or a request
 * that was refused as a whole.
 */
export function explainStored(stored: StoredVerdict, { rules, classes }: DecidingBundle): StoredExplanation[] {
  const { outcome, code, level, rule, basis, citation } = stored
  return replay(stored, { rules, classes }).flatMap(({ coordinate, facts, decision, isSame }) => {
    const field = classes.get(coordinate)
    if (field === undefined) return []
    const told = explain(rules, { caller: stored.caller, facts, statable: [] }, field, decision)
    return [{ ...told, stored: { outcome, code, level, rule, basis, citation }, isSame }]
  })
}
