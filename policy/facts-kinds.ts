import { validityAt } from './consent.ts'
import { createMemory } from './create-memory.ts'
import type { KnownRow } from './decide.ts'
import { oneOfEqual } from './one-of-equal.ts'
import type { Decision, FieldClass, PersonFacts } from './types.ts'

/** People whose facts are alike: each verdict on one is the verdict on all, but for which of their consents carries it. */
export type FactsKind = {
  /** A consent reaches over a period only: the verdict is another for a row of another date. */
  isDated: boolean
  /** A consent has so many reads: whether one is left is asked of each person. */
  isBounded: boolean
  verdicts: Map<FieldClass, Map<string, AlikeVerdict>>
  /** Fields that are decided alike share a verdict. */
  shared: (verdict: AlikeVerdict) => AlikeVerdict
}

/** `index`: of the consent that carries it, among the person's; -1 where none does. */
export type AlikeVerdict = { row: KnownRow; decision: Decision; index: number }

/** Kinds that are kept; the least recently used are forgotten. */
const kept = 2000
const momentMs = 1000

/**
 * Sorts facts by all they say at a moment but the names of consents: those change no verdict. `caller` says for whom; kinds
 * of one caller are no other's.
 */
export function createFactsKinds(): (caller: string, facts: PersonFacts, now: Date) => FactsKind {
  const remembered = createMemory<FactsKind>(kept)
  /** Facts are learnt for one request, all of whose fetches ask of them within a moment. */
  const known = new WeakMap<PersonFacts, { caller: string; at: number; kind: FactsKind }>()
  return (caller, facts, now) => {
    const seen = known.get(facts)
    if (seen?.caller === caller && Math.abs(now.getTime() - seen.at) < momentMs) return seen.kind
    // Versions of one consent are told apart by its id: where there are several, ids matter.
    const names = facts.consents.length > 1 ? {} : { id: '', version: 0 }
    const consents = facts.consents.map((one) => ({ ...one, ...names, notBefore: '', notAfter: validityAt(one, now) }))
    const kind = remembered(`${caller} ${JSON.stringify({ ...facts, consents })}`, () => ({
      isDated: hasPeriod(facts),
      isBounded: facts.consents.some(({ readsLeft }) => readsLeft !== null),
      verdicts: new Map(),
      shared: oneOfEqual(),
    }))
    known.set(facts, { caller, at: now.getTime(), kind })
    return kind
  }
}

function hasPeriod({ consents }: PersonFacts): boolean {
  return consents.some(({ dataFrom, dataTo }) => dataFrom !== null || dataTo !== null)
}
