import { callerFromPrincipal } from '../../policy/caller.ts'
import { mostOpen, strictest } from '../../policy/decide.ts'
import { problem } from '../../policy/errors.ts'
import type { AlikeVerdict, FactsKind } from '../../policy/facts-kinds.ts'
import { factsBeforeStore, jurisdictionOf, knownRow } from '../../policy/row-facts.ts'
import type { Decision, FieldClass, Jurisdiction, PersonFacts, Principal, RowFacts } from '../../policy/types.ts'
import type { Verdict } from '../../policy/verdict.ts'
import { onceLoaded } from './once-loaded.ts'
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

  const earlies = {
    NOBODY: new Map<Jurisdiction, Early>(),
    SELF: new Map<Jurisdiction, Early>(),
    OTHER: new Map<Jurisdiction, Early>(),
  }
  /** Before the store was asked people differ in nothing but whether they ask for themselves. */
  const earlyOf = (field: FieldClass, person: string | null, jurisdiction: Jurisdiction): Verdict => {
    const alike = earlies[person === null ? 'NOBODY' : person === principal.personalId ? 'SELF' : 'OTHER']
    let early = alike.get(jurisdiction)
    if (early === undefined) {
      const facts = factsBeforeStore(principal, person, jurisdiction)
      early = { facts, decisionOn: decisions.early(facts), gave: new Map() }
      alike.set(jurisdiction, early)
    }
    const decision = early.decisionOn(field)
    const verdict = { person, decision, facts: early.facts, consent: null }
    return decision.conditional ? verdict : firstOf(early.gave, person, decision, verdict)
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
    const verdict = alike(person, ofStore, field, { when: row.when, jurisdiction })
    const { row: known, decision, index } = verdict
    const carrying = index === -1 || decision.basis !== 'CONSENT' ? null : (ofStore.consents[index] ?? null)
    const told = { person, decision, facts: known, consent: carrying }
    if (carrying === null || decision.outcome !== 'ALLOW' || carrying.readsLeft === null)
      return firstOf(gave, person, verdict, told)
    const isReserved = reads.ask(carrying.id)
    if (isReserved instanceof Promise) return isReserved
    if (isReserved) return firstOf(gave, person, verdict, told)
    const exhausted = { ...known, consent: 'EXPIRED' } as const
    return { person, decision: decisions.known(field, exhausted), facts: exhausted, consent: carrying }
  }

  const gave: Gave<AlikeVerdict> = new Map()
  const alone = new Map<Verdict, RowVerdict>()

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
    const verdict = kind.shared({ row: known.row, decision: decisions.known(field, known.row), index })
    verdicts.set(key, verdict)
    return verdict
  }

  const ofOne = (field: FieldClass, row: Row, jurisdiction: Jurisdiction): RowVerdict | Promise<unknown> => {
    const [person = null] = row.persons
    const part = ofPerson(field, row, earlyOf(field, person, jurisdiction), jurisdiction)
    if (part instanceof Promise) return part
    const known = alone.get(part)
    if (known !== undefined) return known
    const isDated = person !== null && kinds.get(person)?.isDated === true
    const verdict = { decision: part.decision, parts: [part], isDated }
    alone.set(part, verdict)
    return verdict
  }

  const verdictFor: VerdictNow = (field, row, isAnywhere) => {
    const jurisdiction =
      isAnywhere && principal.jurisdiction.length > 0 ? 'INSIDE' : jurisdictionOf(principal, row.place)
    if (row.persons.length === 1) return ofOne(field, row, jurisdiction)
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

type Early = { facts: RowFacts; decisionOn: (field: FieldClass) => Decision; gave: Gave<Decision> }

/** Verdicts that were given: by what they were made of, and person. */
type Gave<Made> = Map<Made, Map<string | null, Verdict>>

/** The same object for all of a person's fields that are decided alike: whoever notes or counts it does so once. */
function firstOf<Made>(gave: Gave<Made>, person: string | null, made: Made, verdict: Verdict): Verdict {
  let ofMade = gave.get(made)
  if (ofMade === undefined) gave.set(made, (ofMade = new Map()))
  const first = ofMade.get(person)
  if (first !== undefined) return first
  ofMade.set(person, verdict)
  return verdict
}
