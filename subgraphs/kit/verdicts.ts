import DataLoader from 'dataloader'
import { callerFromPrincipal } from '../../policy/caller.ts'
import { mostOpen, strictest } from '../../policy/decide.ts'
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
export type RowVerdict = {
  decision: Decision
  parts: readonly Verdict[]
  /** It may be another for a row of another date: a consent of somebody's reaches over a period only. */
  isDated?: boolean
}

/** The verdict on a field of a row; or, where it rests on what is not known yet, what to wait for before asking again. */
export type VerdictNow = (field: FieldClass, row: Row, isAnywhere: boolean) => RowVerdict | Promise<unknown>

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
): VerdictNow {
  const decisions = runtime.decisions(callerFromPrincipal(principal))
  const unavailable = (): never => {
    throw problem('CONSENT_STORE_UNAVAILABLE')
  }
  const facts = onceLoaded<PersonFacts>(async (persons) => {
    const found = await store.load(persons, principal, traceId).catch(unavailable)
    return persons.map((person) => found.get(person) ?? problem('CONSENT_STORE_UNAVAILABLE'))
  })
  const reads = onceLoaded<boolean>(async (consents) => {
    const reserved = await store.reserve(consents, traceId).catch(unavailable)
    return consents.map((consent) => reserved.get(consent) ?? false)
  })

  const earlyOf = (field: FieldClass, person: string | null, jurisdiction: Jurisdiction): Verdict => {
    const known = factsBeforeStore(principal, person, jurisdiction)
    return { person, decision: decisions.early(field, known), facts: known, consent: null }
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
    const known = knownRow(principal, field, ofStore, { when: row.when, jurisdiction }, now)
    const verdict = decisions.known(field, known.row)
    const told = { person, decision: verdict, facts: known.row, consent: null }
    if (verdict.basis !== 'CONSENT' || known.consent === null) return told
    if (verdict.outcome !== 'ALLOW' || known.consent.readsLeft === null) return { ...told, consent: known.consent }
    const isReserved = reads.ask(known.consent.id)
    if (isReserved instanceof Promise) return isReserved
    if (isReserved) return { ...told, consent: known.consent }
    const exhausted = { ...known.row, consent: 'EXPIRED' } as const
    return { person, decision: decisions.known(field, exhausted), facts: exhausted, consent: known.consent }
  }

  return (field, row, isAnywhere) => {
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
    const isDated = row.persons.some((person) => hasPeriod(facts.known(person)))
    const decided = parts.map((part) => part.decision) as [Decision, ...Decision[]]
    // What speaks of people needs a verdict for each of them.
    if (!isCommon) return { decision: strictest(decided), parts, isDated }
    // Each of several may read what speaks of the thing alone, or of what they have in common.
    const decision = mostOpen(decided)
    return { decision, parts: parts.filter((part) => part.decision.outcome === decision.outcome), isDated }
  }
}

function hasPeriod(facts: PersonFacts | undefined): boolean {
  return facts?.consents.some(({ dataFrom, dataTo }) => dataFrom !== null || dataTo !== null) ?? false
}

/** What is known of a key, or the promise of learning it: all keys of a tick in one call. */
function onceLoaded<Value>(load: (keys: readonly string[]) => Promise<(Value | Error)[]>) {
  const loader = new DataLoader<string, Value>(load)
  const learnt = new Map<string, Value>()
  const learning = new Map<string, Promise<unknown>>()
  return {
    known: (key: string): Value | undefined => learnt.get(key),
    ask: (key: string): Value | Promise<unknown> => {
      const value = learnt.get(key) ?? learning.get(key)
      if (value !== undefined) return value
      const promise = loader.load(key).then((found) => learnt.set(key, found))
      learning.set(key, promise)
      return promise
    },
  }
}
