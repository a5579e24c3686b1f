import type { DisclosureEntry } from './disclosure.ts'
import { createListUnions, type ListUnions } from './list-unions.ts'
import type { Decision, FieldClass, Outcome, RowFacts } from './types.ts'
import type { Verdict } from './verdict.ts'

/** What a request decided, as few lines as possible: one a subject and reason, with all its coordinates. */
export type EntryRecorder = {
  /** Where one fetch of a subgraph notes what it decides. */
  of: (subgraph: string) => EntryNotes
  entries: () => DisclosureEntry[]
  /** Subgraphs that decided something. */
  writers: () => string[]
}

export type EntryNotes = {
  note: (field: FieldClass, parts: readonly Verdict[]) => void
  /** That a person's row is there was told, where the verdict grants it: noted where that fetch shows nothing of that person. */
  noteTold: (field: FieldClass, parts: readonly Verdict[]) => void
  /** The same of several fields: a sorted list of those that leave a line. The same list for many people costs least. */
  noteAll: (coordinates: readonly string[], parts: readonly Verdict[]) => void
  noteAllTold: (coordinates: readonly string[], parts: readonly Verdict[]) => void
  add: (entry: DisclosureEntry) => void
}

/** A recorder for one request. Open fields (L0) and structure leave no line. */
export function createEntryRecorder(caseNumber: string | null): EntryRecorder {
  const lines: Line[] = []
  const ofPeople = new Map<string | null, Line[]>()
  const added: DisclosureEntry[] = []
  const told: { coordinates: readonly string[]; part: Verdict; fetch: Fetch }[] = []
  const writers = new Set<string>()
  const unions = createListUnions()
  const single = new Map<string, readonly string[]>()

  const listOf = ({ coordinate, level, structure }: FieldClass): readonly string[] => {
    const known = single.get(coordinate) ?? (level === 'L0' || structure ? [] : [coordinate])
    single.set(coordinate, known)
    return known
  }
  const noteAll = (coordinates: readonly string[], parts: readonly Verdict[], fetch: Fetch): void => {
    if (coordinates.length === 0) return
    // A verdict that many rows and fields share is one object, and one line.
    const groups = fetch.noted.get(parts) ?? groupsOf(parts, fetch)
    fetch.noted.set(parts, groups)
    for (const group of groups) group.coordinates = unions(group.coordinates, coordinates)
  }
  const groupsOf = (parts: readonly Verdict[], { subgraph, shown }: Fetch): DecidedFields[] => {
    if (parts.length > 0) writers.add(subgraph)
    return parts.map((part) => {
      if (isGrant(part.decision)) shown.add(part.person)
      return groupOf(lineOf(part), part.facts)
    })
  }
  const lineOf = ({ person, decision, consent }: Verdict): Line => {
    const ofPerson = ofPeople.get(person) ?? []
    ofPeople.set(person, ofPerson)
    const [id, version] = [consent?.id, consent?.version]
    const known = ofPerson.find(
      (line) => isAlike(line.decision, decision) && line.id === id && line.version === version,
    )
    if (known !== undefined) return known
    const line = { person, decision, id, version, groups: [] }
    ofPerson.push(line)
    lines.push(line)
    return line
  }
  const noteWhatWasOnlyTold = (): void => {
    for (const { coordinates, part, fetch } of told.splice(0))
      if (!fetch.shown.has(part.person)) noteAll(coordinates, [part], fetch)
  }
  const noteAllTold = (coordinates: readonly string[], parts: readonly Verdict[], fetch: Fetch): void => {
    for (const part of parts) if (isGrant(part.decision)) told.push({ coordinates, part, fetch })
  }
  return {
    of: (subgraph) => {
      const fetch: Fetch = { subgraph, shown: new Set(), noted: new Map() }
      return {
        note: (field, parts) => noteAll(listOf(field), parts, fetch),
        noteTold: (field, parts) => noteAllTold(listOf(field), parts, fetch),
        noteAll: (coordinates, parts) => noteAll(coordinates, parts, fetch),
        noteAllTold: (coordinates, parts) => noteAllTold(coordinates, parts, fetch),
        add: (entry) => {
          added.push(entry)
          writers.add(subgraph)
        },
      }
    },
    entries: () => {
      noteWhatWasOnlyTold()
      const decidedOn = createDecidedOn(unions)
      return [...added, ...lines.map((line) => entryOf(line, caseNumber, decidedOn(line.groups)))]
    },
    writers: () => [...writers],
  }
}

type Decided = Required<Pick<DisclosureEntry, 'coordinates' | 'facts'>>

function entryOf(
  { person, decision, id, version }: Line,
  caseNumber: string | null,
  decided: Decided,
): DisclosureEntry {
  const { outcome, code, level, rule, basis, citation } = decision
  const isCarried = basis === 'CONSENT'
  return {
    subject: person,
    coordinates: decided.coordinates,
    outcome,
    code,
    level,
    rule,
    basis,
    citation,
    consentId: isCarried ? (id ?? null) : null,
    consentVersion: isCarried ? (version ?? null) : null,
    caseNumber,
    facts: decided.facts,
  }
}

const isGrant = ({ outcome }: { outcome: Outcome }): boolean => outcome === 'ALLOW' || outcome === 'MASK'

function isAlike(a: Decision, b: Decision): boolean {
  return a === b || (a.outcome === b.outcome && a.code === b.code && a.level === b.level && a.rule === b.rule)
}

/** Lines that rest on the same facts for the same fields share both lists. */
function createDecidedOn(unions: ListUnions): (groups: readonly DecidedFields[]) => Decided {
  const known = new Map<string, Map<readonly string[], Decided>>()
  return (groups) => {
    const [only, ...others] = groups
    if (only === undefined || others.length > 0) {
      const facts = groups.map(({ row, coordinates }) => ({ coordinates, row }))
      return { coordinates: facts.reduce((all, one) => unions(all, one.coordinates), nothing), facts }
    }
    const { key, row, coordinates } = only
    const ofRow = known.get(key) ?? new Map<readonly string[], Decided>()
    known.set(key, ofRow)
    const decided = ofRow.get(coordinates) ?? { coordinates, facts: [{ coordinates, row }] }
    ofRow.set(coordinates, decided)
    return decided
  }
}

/** One subject and reason. */
type Line = {
  person: string | null
  decision: Decision
  id: string | undefined
  version: number | undefined
  groups: DecidedFields[]
}

/** One fetch, whom it shows something of, and where what it decided is noted. */
type Fetch = {
  subgraph: string
  shown: Set<string | null>
  noted: Map<readonly Verdict[], readonly DecidedFields[]>
}

type DecidedFields = { key: string; row: RowFacts; coordinates: readonly string[] }

const nothing: readonly string[] = []

/** Where what was decided on these facts is noted. */
function groupOf({ groups }: Line, row: RowFacts): DecidedFields {
  const same = groups.find((group) => group.row === row)
  if (same !== undefined) return same
  const key = Object.values(row).join(' ')
  const known = groups.find((group) => group.key === key)
  if (known !== undefined) return known
  const group: DecidedFields = { key, row, coordinates: nothing }
  groups.push(group)
  return group
}
