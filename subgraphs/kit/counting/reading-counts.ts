import type { Level, Principal, VolumeState } from '../../../policy/types.ts'
import {
  budgetFor,
  personalClassOf,
  thresholdsFor,
  type PersonalClass,
  type VolumePolicy,
} from '../../../policy/volume.ts'
import type { Pseudonyms } from '../log/pseudonym.ts'
import type { Meters } from './create-meters.ts'
import { withinError, type Meter, type Span } from './meter.ts'
import { markOf, type Mark } from './sketch.ts'

/** Whom organisations read and whom callers ask about. */
export type ReadingCounts = {
  of: (principal: Principal) => CallerCounts
  /** The figures in force. */
  figures: VolumePolicy
}

/** The counts of one request. Each throws COUNT_UNAVAILABLE where nobody can count. */
export type CallerCounts = {
  /** Counts a person the caller asks about, existing or not; false where that is one too many for the time. */
  asks: (person: string) => boolean | Promise<boolean>
  /** Counts a person of whom a field of this level is about to be read: WITHIN where it may be. */
  reads: (person: string, level: Level) => VolumeState | Promise<VolumeState>
}

type MetersOf = (counted: PersonalClass | 'PERSONS') => readonly Meter[]

/** Callers whose meters are kept; the oldest is made anew. */
const keptCallers = 10_000

/** The counts over a process's meters, with the figures in force. Persons and staff are known by their pseudonyms alone. */
export function createReadingCounts(meters: Meters, policy: VolumePolicy, pseudonyms: Pseudonyms): ReadingCounts {
  const callers = new Map<string, MetersOf>()
  const metersFor = (principal: Principal): MetersOf => {
    const key = JSON.stringify([principal.org, principal.sub, principal.purpose])
    const metersOf =
      callers.get(key) ??
      onceFor((counted: PersonalClass | 'PERSONS') =>
        counted === 'PERSONS'
          ? askingMeters(principal, policy, pseudonyms)
          : readingMeters(principal, counted, policy, pseudonyms),
      )
    callers.set(key, metersOf)
    const [oldest] = callers.keys()
    if (callers.size > keptCallers && oldest !== undefined) callers.delete(oldest)
    return metersOf
  }
  // The fetches of a request have the same principal, and count nobody twice.
  const ofRequest = new WeakMap<Principal, CallerCounts>()
  const of = (principal: Principal): CallerCounts => {
    const counts = ofRequest.get(principal) ?? countsOf(principal, metersFor(principal), meters, pseudonyms)
    ofRequest.set(principal, counts)
    return counts
  }
  return { of, figures: policy }
}

function countsOf(principal: Principal, metersOf: MetersOf, meters: Meters, pseudonyms: Pseudonyms): CallerCounts {
  const marks = new Map<string, Mark>()
  const markFor = (person: string): Mark => {
    const mark = marks.get(person) ?? markOf(Buffer.from(pseudonyms.subject(person), 'base64url'))
    marks.set(person, mark)
    return mark
  }
  const standing = new Map<string, VolumeState | Promise<VolumeState>>()
  /** Once a person and request, however many fields ask. */
  const count = (counted: PersonalClass | 'PERSONS', person: string): VolumeState | Promise<VolumeState> => {
    const key = `${counted} ${person}`
    const known = standing.get(key)
    if (known !== undefined) return known
    const mark = markFor(person)
    const state = strictest(metersOf(counted).map((meter) => meters.count(meter, mark)))
    standing.set(key, state)
    // Known at once from then on; whoever waits hears of a failure.
    if (state instanceof Promise) state.then((told) => standing.set(key, told)).catch(() => undefined)
    return state
  }
  return {
    asks: (person) => {
      // Nobody gets nothing, and all of them would share one count.
      if (principal.kind === 'NOBODY') return true
      const state = count('PERSONS', person)
      return typeof state === 'string' ? state === 'WITHIN' : state.then((known) => known === 'WITHIN')
    },
    reads: (person, level) => {
      const counted = personalClassOf(level)
      return counted === null ? 'WITHIN' : count(counted, person)
    },
  }
}

/** One caller, one purpose: a minute and an hour. */
function askingMeters(principal: Principal, policy: VolumePolicy, pseudonyms: Pseudonyms): Meter[] {
  const { org, sub, purpose } = principal
  const rates = policy.enumeration.purposes[purpose ?? ''] ?? policy.enumeration
  const spans: readonly Span[] = ['minute', 'hour']
  return spans.map((span) => {
    const limit = span === 'minute' ? rates.minute : rates.hour
    const tenth = Math.max(1, Math.floor(limit / 10))
    return {
      organisation: org ?? '',
      purpose: purpose ?? '',
      stated: purpose ?? '',
      span,
      counted: 'PERSONS',
      caller: pseudonyms.staff(org, sub),
      limits: { important: limit, core: limit },
      block: tenth,
      alone: tenth,
    }
  })
}

/** The organisation over all purposes, the organisation for this one, and this caller of it. */
function readingMeters(
  { org, sub, purpose }: Principal,
  counted: PersonalClass,
  policy: VolumePolicy,
  pseudonyms: Pseudonyms,
): Meter[] {
  const organisation = org ?? ''
  const stated = purpose ?? ''
  const budget = budgetFor(policy, organisation, stated)
  const meter = (of: { purpose: string; caller: string }, exception: typeof budget): Meter => {
    const limits = thresholdsFor(policy, counted, exception)
    const block = Math.max(1, Math.min(100, Math.floor(limits.important / 100)))
    return { organisation, ...of, stated, counted, span: 'month', limits: withinError(limits), block, alone: 0 }
  }
  const ofPurpose = meter({ purpose: stated, caller: '' }, budget)
  const ofCaller = meter({ purpose: stated, caller: pseudonyms.staff(org, sub) }, null)
  return budget === null ? [meter({ purpose: '', caller: '' }, null), ofPurpose, ofCaller] : [ofPurpose, ofCaller]
}

const strictness = { WITHIN: 0, IMPORTANT: 1, CORE: 2 } as const

function strictest(states: readonly (VolumeState | Promise<VolumeState>)[]): VolumeState | Promise<VolumeState> {
  const worst = (known: readonly VolumeState[]): VolumeState =>
    known.reduce((a, b) => (strictness[b] > strictness[a] ? b : a), 'WITHIN')
  if (states.every((state) => typeof state === 'string')) return worst(states)
  return Promise.all(states.map(async (state) => state)).then(worst)
}

function onceFor<K, V>(make: (key: K) => V): (key: K) => V {
  const made = new Map<K, V>()
  return (key) => {
    const value = made.get(key) ?? make(key)
    made.set(key, value)
    return value
  }
}
