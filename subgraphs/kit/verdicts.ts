import DataLoader from 'dataloader'
import { callerFromPrincipal } from '../../policy/caller.ts'
import { mostOpen, strictest } from '../../policy/decide.ts'
import { problem } from '../../policy/errors.ts'
import type { AlikeVerdict, FactsKind } from '../../policy/facts-kinds.ts'
import { factsBeforeStore, jurisdictionOf, knownRow } from '../../policy/row-facts.ts'
import type { Decision, FieldClass, Jurisdiction, PersonFacts, Principal, RowFacts } from '../../policy/types.ts'
import type { Verdict } from '../../policy/verdict.ts'
import type { SubgraphRuntime } from './runtime.ts'
import type { FactStore, Row } from './types.ts'

export type RowVerdict = {
  decision: Decision
  parts: readonly Verdict[]
  /** It may be another for a row of another date: a consent of somebody's reaches over a period only. */
  isDated?: boolean
}

/** The verdict on a field of a row; or, where it rests on what is not known yet, what to wait for before asking again. */
export type VerdictNow = (field: FieldClass, row: Row, isAnywhere: boolean) => RowVerdict | Promise<unknown>

export type Verdicts = {
  verdictFor: VerdictNow
  /** The kind of a person whose facts are known. */
  kindOf: (person: string) => FactsKind | null
}

/** Asks until there is a verdict. */
export async function waitedFor(ask: () => RowVerdict | Promise<unknown>): Promise<RowVerdict> {
  for (;;) {
    const verdict = ask()
    if (!(verdict instanceof Promise)) return verdict
    await verdict
  }
}

/**
 * Decides fields of rows for one request: asks the store for all persons of a tick in one query, and only where the
 * verdict depends on it. What is waited for rejects with CONSENT_STORE_UNAVAILABLE when the store can't be read.
 */
export function createVerdicts(
  runtime: Pick<SubgraphRuntime, 'decisions'>,
  principal: Principal,
  store: FactStore,
  traceId: string,
  now: Date,
): Verdicts {
  const decisions = runtime.decisions(callerFromPrincipal(principal))
  const unavailable = (): never => {
    throw problem('CONSENT_STORE_UNAVAILABLE')
  }
  const kinds = new Map<string, FactsKind>()
  const kindOf = (person: string, ofStore: PersonFacts): FactsKind => {
    const kind = kinds.get(person) ?? decisions.kindOf(ofStore, now)
    kinds.set(person, kind)
    return kind
  }
  const facts = onceLoaded<PersonFacts>(async (persons) => {
    const found = await store.load(persons, principal, traceId).catch(unavailable)
    return persons.map((person) => found.get(person) ?? problem('CONSENT_STORE_UNAVAILABLE'))
  }, store.known)
  const reads = onceLoaded<boolean>(async (consents) => {
    const reserved = await store.reserve(consents, traceId).catch(unavailable)
    return consents.map((consent) => reserved.get(consent) ?? false)
  })

  const earlies = new Map<string, Early>()
  /** Before the store was asked people differ in nothing but whether they ask for themselves. */
  const earlyOf = (field: FieldClass, person: string | null, jurisdiction: Jurisdiction): Verdict => {
    const key = `${person === null ? 'NOBODY' : person === principal.personalId} ${jurisdiction}`
    let early = earlies.get(key)
    if (early === undefined) {
      const facts = factsBeforeStore(principal, person, jurisdiction)
      early = { facts, decisionOn: decisions.early(facts) }
      earlies.set(key, early)
    }
    return { person, decision: early.decisionOn(field), facts: early.facts, consent: null }
  }

  const ofPerson = (
    field: FieldClass,
    row: Row,
    early: Verdict,
    jurisdiction: Jurisdiction,
  ): Verdict | Promise<unknown> => {
    const { person } = early
    if (!early.decision.conditional || person === null) return early
    const ofStore = facts.ask(person)
    if (ofStore instanceof Promise) return ofStore
    const { row: known, decision, index } = alike(person, ofStore, field, { when: row.when, jurisdiction })
    const carrying = index === -1 ? null : (ofStore.consents[index] ?? null)
    const told = { person, decision, facts: known, consent: null }
    if (decision.basis !== 'CONSENT' || carrying === null) return told
    if (decision.outcome !== 'ALLOW' || carrying.readsLeft === null) return { ...told, consent: carrying }
    const isReserved = reads.ask(carrying.id)
    if (isReserved instanceof Promise) return isReserved
    if (isReserved) return { ...told, consent: carrying }
    const exhausted = { ...known, consent: 'EXPIRED' } as const
    return { person, decision: decisions.known(field, exhausted), facts: exhausted, consent: carrying }
  }

  const alike = (
    person: string,
    ofStore: PersonFacts,
    field: FieldClass,
    row: { when: string | null; jurisdiction: Jurisdiction },
  ): AlikeVerdict => {
    const kind = kindOf(person, ofStore)
    const key = `${row.jurisdiction}${kind.isDated ? row.when : ''}`
    const verdicts = kind.verdicts.get(field) ?? new Map<string, AlikeVerdict>()
    kind.verdicts.set(field, verdicts)
    const seen = verdicts.get(key)
    if (seen !== undefined) return seen
    const known = knownRow(principal, field, ofStore, row, now)
    const index = known.consent === null ? -1 : ofStore.consents.indexOf(known.consent)
    const verdict = { row: known.row, decision: decisions.known(field, known.row), index }
    verdicts.set(key, verdict)
    return verdict
  }

  const verdictFor: VerdictNow = (field, row, isAnywhere) => {
    const jurisdiction =
      isAnywhere && principal.jurisdiction.length > 0 ? 'INSIDE' : jurisdictionOf(principal, row.place)
    const [first = null, ...others] = row.persons
    const early = [first, ...others].map((person) => earlyOf(field, person, jurisdiction))
    const speaksOfPeople = field.personal.length > 0 || field.inferring.length > 0
    const isCommon = !speaksOfPeople || row.table.isCommon === true
    // Whom the store need not be asked about opens it already.
    const open = early.filter(({ decision }) => decision.outcome === 'ALLOW' && !decision.conditional)
    if (isCommon && open[0] !== undefined) return { decision: open[0].decision, parts: open }
    const found = early.map((one) => ofPerson(field, row, one, jurisdiction))
    const waiting = found.filter((part) => part instanceof Promise)
    if (waiting.length > 0) return Promise.all(waiting)
    const parts = found as Verdict[]
    const isDated = row.persons.some((person) => kinds.get(person)?.isDated === true)
    const decided = parts.map((part) => part.decision) as [Decision, ...Decision[]]
    // What speaks of people needs a verdict for each of them.
    if (!isCommon) return { decision: strictest(decided), parts, isDated }
    // Each of several may read what speaks of the thing alone, or of what they have in common.
    const decision = mostOpen(decided)
    return { decision, parts: parts.filter((part) => part.decision.outcome === decision.outcome), isDated }
  }
  return {
    verdictFor,
    kindOf: (person) => {
      const ofStore = facts.known(person)
      return ofStore === undefined ? null : kindOf(person, ofStore)
    },
  }
}

type Early = { facts: RowFacts; decisionOn: (field: FieldClass) => Decision }

/** What is known of a key, or the promise of learning it: all keys of a tick in one call. */
function onceLoaded<Value>(
  load: (keys: readonly string[]) => Promise<(Value | Error)[]>,
  before: (key: string) => Value | undefined = () => undefined,
) {
  const loader = new DataLoader<string, Value>(load)
  const learnt = new Map<string, Value>()
  const learning = new Map<string, Promise<unknown>>()
  const known = (key: string): Value | undefined => learnt.get(key) ?? before(key)
  return {
    known,
    ask: (key: string): Value | Promise<unknown> => {
      const value = known(key) ?? learning.get(key)
      if (value !== undefined) return value
      const promise = loader.load(key).then((found) => learnt.set(key, found))
      learning.set(key, promise)
      return promise
    },
  }
}
