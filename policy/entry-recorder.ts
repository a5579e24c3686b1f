import type { DisclosureEntry } from './disclosure.ts'
import type { FieldClass, Outcome, RowFacts } from './types.ts'
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
  add: (entry: DisclosureEntry) => void
}

/** A recorder for one request. Open fields (L0) and structure leave no line. */
export function createEntryRecorder(caseNumber: string | null): EntryRecorder {
  const lines = new Map<string, { entry: DisclosureEntry; facts: Map<string, DecidedFields> }>()
  const added: DisclosureEntry[] = []
  const told: { field: FieldClass; part: Verdict; fetch: Fetch }[] = []
  const writers = new Set<string>()
  const note = (field: FieldClass, parts: readonly Verdict[], fetch: Fetch): void => {
    if (field.level === 'L0' || field.structure) return
    // A verdict that many rows and fields share is one object, and one line.
    const groups = fetch.noted.get(parts) ?? groupsOf(parts, fetch)
    fetch.noted.set(parts, groups)
    for (const { fields } of groups) fields.add(field.coordinate)
  }
  const groupsOf = (parts: readonly Verdict[], { subgraph, shown }: Fetch): DecidedFields[] => {
    if (parts.length > 0) writers.add(subgraph)
    return parts.map((part) => {
      if (isGrant(part.decision)) shown.add(part.person)
      return groupOf(lineOf(part).facts, part.facts)
    })
  }
  const lineOf = ({ person, decision, consent }: Verdict) => {
    const { outcome, code, level, rule, basis, citation } = decision
    const key = `${person}|${outcome}|${code}|${level}|${rule}|${consent?.id}|${consent?.version}`
    const known = lines.get(key)
    if (known !== undefined) return known
    const carried = basis === 'CONSENT' ? consent : null
    const entry = {
      subject: person,
      coordinates: [],
      outcome,
      code,
      level,
      rule,
      basis,
      citation,
      consentId: carried?.id ?? null,
      consentVersion: carried?.version ?? null,
      caseNumber,
    }
    const line = { entry, facts: new Map<string, DecidedFields>() }
    lines.set(key, line)
    return line
  }
  const noteWhatWasOnlyTold = (): void => {
    for (const { field, part, fetch } of told.splice(0)) if (!fetch.shown.has(part.person)) note(field, [part], fetch)
  }
  return {
    of: (subgraph) => {
      const fetch: Fetch = { subgraph, shown: new Set(), noted: new Map() }
      return {
        note: (field, parts) => note(field, parts, fetch),
        noteTold: (field, parts) => {
          for (const part of parts) if (isGrant(part.decision)) told.push({ field, part, fetch })
        },
        add: (entry) => {
          added.push(entry)
          writers.add(subgraph)
        },
      }
    },
    entries: () => {
      noteWhatWasOnlyTold()
      const shared = new Map<string, Pick<DisclosureEntry, 'coordinates' | 'facts'>>()
      return [
        ...added,
        ...[...lines.values()].map(({ entry, facts }) => {
          const key = [...facts].map(([row, { fields }]) => `${row} ${[...fields].join(' ')}`).join('|')
          const known = shared.get(key) ?? decidedOn([...facts.values()])
          shared.set(key, known)
          return { ...entry, ...known }
        }),
      ]
    },
    writers: () => [...writers],
  }
}

const isGrant = ({ outcome }: { outcome: Outcome }): boolean => outcome === 'ALLOW' || outcome === 'MASK'

/** Lines that rest on the same facts for the same fields share both lists. */
function decidedOn(groups: readonly DecidedFields[]): Required<Pick<DisclosureEntry, 'coordinates' | 'facts'>> {
  const facts = groups.map(({ row, fields }) => ({ coordinates: [...fields].toSorted(), row }))
  return { coordinates: [...new Set(facts.flatMap((one) => one.coordinates))].toSorted(), facts }
}

/** One fetch, whom it shows something of, and where what it decided is noted. */
type Fetch = {
  subgraph: string
  shown: Set<string | null>
  noted: Map<readonly Verdict[], readonly DecidedFields[]>
}

type DecidedFields = { row: RowFacts; fields: Set<string> }

function groupOf(known: Map<string, DecidedFields>, row: RowFacts): DecidedFields {
  const key = Object.values(row).join(' ')
  const group = known.get(key) ?? { row, fields: new Set<string>() }
  known.set(key, group)
  return group
}
