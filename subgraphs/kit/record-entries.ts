import type { FieldClass, Outcome, RowFacts } from '../../policy/types.ts'
import type { DisclosureEntry } from './types.ts'
import type { Verdict } from './verdicts.ts'

/** Gathers what one request decided, as few lines as possible: one a subject and reason, with all its coordinates. */
export type EntryRecorder = {
  note: (field: FieldClass, parts: readonly Verdict[]) => void
  /** That a person's row is there was told, where the verdict grants it: noted where nothing was shown of that person. */
  noteTold: (field: FieldClass, parts: readonly Verdict[]) => void
  add: (entry: DisclosureEntry) => void
  entries: () => DisclosureEntry[]
}

/** A recorder for one request. Open fields (L0) and structure leave no line. */
export function createEntryRecorder(caseNumber: string | null): EntryRecorder {
  const lines = new Map<string, { entry: DisclosureEntry; facts: Map<string, DecidedFields> }>()
  const added: DisclosureEntry[] = []
  const told: { field: FieldClass; part: Verdict }[] = []
  const noted = new Set<readonly Verdict[]>()
  const note: EntryRecorder['note'] = (field, parts) => {
    // A verdict that many rows share is one object, and one line.
    if (field.level === 'L0' || field.structure || noted.has(parts)) return
    noted.add(parts)
    for (const { person, decision, facts, consent } of parts) {
      const { outcome, code, level, rule, basis, citation } = decision
      const key = `${person}|${outcome}|${code}|${level}|${rule}|${consent?.id}|${consent?.version}`
      const line = lines.get(key)
      if (line !== undefined) {
        noteFacts(line.facts, facts, field.coordinate)
        continue
      }
      const carried = decision.basis === 'CONSENT' ? consent : null
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
      const ofLine = new Map<string, DecidedFields>()
      noteFacts(ofLine, facts, field.coordinate)
      lines.set(key, { entry, facts: ofLine })
    }
  }
  const noteWhatWasOnlyTold = (): void => {
    const shown = new Set([...lines.values()].flatMap(({ entry }) => (isGrant(entry) ? [entry.subject] : [])))
    for (const { field, part } of told.splice(0)) if (!shown.has(part.person)) note(field, [part])
  }
  return {
    note,
    noteTold: (field, parts) => {
      for (const part of parts) if (isGrant(part.decision)) told.push({ field, part })
    },
    add: (entry) => void added.push(entry),
    entries: () => {
      noteWhatWasOnlyTold()
      return [
        ...added,
        ...[...lines.values()].map(({ entry, facts }) => {
          const decided = [...facts.values()].map(({ row, fields }) => ({ coordinates: [...fields].toSorted(), row }))
          const coordinates = new Set(decided.flatMap((one) => one.coordinates))
          return { ...entry, coordinates: [...coordinates].toSorted(), facts: decided }
        }),
      ]
    },
  }
}

const isGrant = ({ outcome }: { outcome: Outcome }): boolean => outcome === 'ALLOW' || outcome === 'MASK'

type DecidedFields = { row: RowFacts; fields: Set<string> }

function noteFacts(known: Map<string, DecidedFields>, row: RowFacts, coordinate: string): void {
  const key = Object.values(row).join(' ')
  const group = known.get(key)
  if (group === undefined) known.set(key, { row, fields: new Set([coordinate]) })
  else group.fields.add(coordinate)
}
