import type { FieldClass } from '../../policy/types.ts'
import type { DisclosureEntry } from './types.ts'
import type { Verdict } from './verdicts.ts'

/** Gathers what one request decided, as few lines as possible: one a subject and reason, with all its coordinates. */
export type EntryRecorder = {
  note: (field: FieldClass, parts: readonly Verdict[]) => void
  add: (entry: DisclosureEntry) => void
  entries: () => DisclosureEntry[]
}

/** A recorder for one request. Open fields (L0) and structure leave no line. */
export function createEntryRecorder(caseNumber: string | null): EntryRecorder {
  const lines = new Map<string, { entry: DisclosureEntry; coordinates: Set<string> }>()
  const added: DisclosureEntry[] = []
  return {
    note: (field, parts) => {
      if (field.level === 'L0' || field.structure) return
      for (const { person, decision, consent } of parts) {
        const key = JSON.stringify([
          person,
          decision.outcome,
          decision.code,
          decision.level,
          decision.rule,
          consent?.id,
          consent?.version,
        ])
        const line = lines.get(key)
        if (line !== undefined) {
          line.coordinates.add(field.coordinate)
          continue
        }
        const { outcome, code, level, rule, basis, citation } = decision
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
        lines.set(key, { entry, coordinates: new Set([field.coordinate]) })
      }
    },
    add: (entry) => void added.push(entry),
    entries: () => [
      ...added,
      ...[...lines.values()].map(({ entry, coordinates }) => ({ ...entry, coordinates: [...coordinates].toSorted() })),
    ],
  }
}
