import DataLoader from 'dataloader'
import { callerFromPrincipal } from '../../policy/caller.ts'
import { mostOpen, strictest } from '../../policy/decide.ts'
import { decideEarly } from '../../policy/decide-early.ts'
import { decideUntelling } from '../../policy/decide-untelling.ts'
import { problem } from '../../policy/errors.ts'
import { factsBeforeStore, jurisdictionOf, knownRow } from '../../policy/row-facts.ts'
import type {
  ConsentScope,
  Decision,
  FieldClass,
  Jurisdiction,
  PersonFacts,
  Principal,
  RowFacts,
} from '../../policy/types.ts'
import type { SubgraphRuntime } from './runtime.ts'
import type { FactStore, Row } from './types.ts'

/** The verdict on one person's part of a field, what it rests on, and the consent that carries it. */
export type Verdict = { person: string | null; decision: Decision; facts: RowFacts; consent: ConsentScope | null }
export type RowVerdict = { decision: Decision; parts: readonly Verdict[] }

/**
 * Decides fields of rows for one request: asks the store for all persons of a tick in one query, and only where the
 * verdict depends on it. Throws CONSENT_STORE_UNAVAILABLE when the store can't be read.
 */
export function createVerdicts(
  runtime: SubgraphRuntime,
  principal: Principal,
  store: FactStore,
  traceId: string,
  now: Date,
) {
  const caller = callerFromPrincipal(principal)
  const decided = new Map<string, Decision>()
  const unavailable = (): never => {
    throw problem('CONSENT_STORE_UNAVAILABLE')
  }
  const facts = new DataLoader<string, PersonFacts>(async (persons) => {
    const found = await store.load(persons, principal, traceId).catch(unavailable)
    return persons.map((person) => found.get(person) ?? problem('CONSENT_STORE_UNAVAILABLE'))
  })
  const reads = new DataLoader<string, boolean>(async (consents) => {
    const reserved = await store.reserve(consents, traceId).catch(unavailable)
    return consents.map((consent) => reserved.get(consent) ?? false)
  })

  const beforeStore = (field: FieldClass, known: RowFacts): Decision => {
    const key = `${field.coordinate}|${known.subjectClass}|${known.relation}|${known.jurisdiction}|${known.consent}|${known.case}|${known.approval}`
    const seen = decided.get(key)
    if (seen !== undefined) return seen
    const decision = decideEarly(runtime.rules, caller, field, known)
    decided.set(key, decision)
    return decision
  }

  const earlyOf = (field: FieldClass, person: string | null, jurisdiction: Jurisdiction): Verdict => {
    const facts = factsBeforeStore(principal, person, jurisdiction)
    return { person, decision: beforeStore(field, facts), facts, consent: null }
  }

  const ofPerson = async (
    field: FieldClass,
    row: Row,
    early: Verdict,
    jurisdiction: Jurisdiction,
  ): Promise<Verdict> => {
    const { person } = early
    if (!early.decision.conditional || person === null) return early
    const known = knownRow(principal, field, await facts.load(person), { when: row.when, jurisdiction }, now)
    const verdict = decideUntelling(runtime.rules, caller, field, known.row)
    const told = { person, decision: verdict, facts: known.row, consent: null }
    if (verdict.basis !== 'CONSENT' || known.consent === null) return told
    const isExhausted =
      verdict.outcome === 'ALLOW' && known.consent.readsLeft !== null && !(await reads.load(known.consent.id))
    if (!isExhausted) return { ...told, consent: known.consent }
    const exhausted = { ...known.row, consent: 'EXPIRED' } as const
    const refusal = decideUntelling(runtime.rules, caller, field, exhausted)
    return { person, decision: refusal, facts: exhausted, consent: known.consent }
  }

  return async (field: FieldClass, row: Row, isAnywhere: boolean): Promise<RowVerdict> => {
    const jurisdiction =
      isAnywhere && principal.jurisdiction.length > 0 ? 'INSIDE' : jurisdictionOf(principal, row.place)
    const [first = null, ...others] = row.persons
    const early = [first, ...others].map((person) => earlyOf(field, person, jurisdiction))
    const speaksOfPeople = field.personal.length > 0 || field.inferring.length > 0
    const isCommon = !speaksOfPeople || row.table.isCommon === true
    // Whom the store need not be asked about opens it already.
    const open = early.filter(({ decision }) => decision.outcome === 'ALLOW' && !decision.conditional)
    if (isCommon && open[0] !== undefined) return { decision: open[0].decision, parts: open }
    const parts = await Promise.all(early.map((one) => ofPerson(field, row, one, jurisdiction)))
    const decisions = parts.map((part) => part.decision) as [Decision, ...Decision[]]
    // What speaks of people needs a verdict for each of them.
    if (!isCommon) return { decision: strictest(decisions), parts }
    // Each of several may read what speaks of the thing alone, or of what they have in common.
    const decision = mostOpen(decisions)
    return { decision, parts: parts.filter((part) => part.decision.outcome === decision.outcome) }
  }
}
