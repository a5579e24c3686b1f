import type { DecidedOn, DisclosureEntry } from './disclosure.ts'

/**
 * The lines of one record without repeats: those that differ in nothing but their fields become one, with the fields of
 * all. The order is that of the first of each; what a line rests on is in an order of its own, whichever fetch came first.
 */
export function joinedEntries(entries: readonly DisclosureEntry[]): DisclosureEntry[] {
  const lines = new Map<string, DisclosureEntry>()
  for (const entry of entries) {
    const key = keyOf(entry)
    const known = lines.get(key)
    lines.set(key, known === undefined ? entry : joined(known, entry))
  }
  return [...lines.values()].map(inOrder)
}

function keyOf(entry: DisclosureEntry): string {
  const { subject, outcome, code, level, rule, basis, citation, consentId, consentVersion, caseNumber } = entry
  const verdict = `${subject}|${outcome}|${code}|${level}|${rule}|${basis}|${citation}`
  return `${verdict}|${consentId}|${consentVersion}|${caseNumber}|${entry.revealAfter?.getTime()}|${entry.protective}`
}

function joined(line: DisclosureEntry, { coordinates, facts }: DisclosureEntry): DisclosureEntry {
  const all = [...new Set([...line.coordinates, ...coordinates])].toSorted()
  if (line.facts === undefined && facts === undefined) return { ...line, coordinates: all }
  const byRow = new Map<string, NonNullable<DisclosureEntry['facts']>[number]>()
  for (const group of [...(line.facts ?? []), ...(facts ?? [])]) {
    const key = rowKey(group)
    const known = byRow.get(key)
    const fields = [...new Set([...(known?.coordinates ?? []), ...group.coordinates])].toSorted()
    byRow.set(key, { row: group.row, coordinates: fields })
  }
  return { ...line, coordinates: all, facts: [...byRow.values()] }
}

function inOrder(line: DisclosureEntry): DisclosureEntry {
  if (line.facts === undefined || line.facts.length < 2) return line
  return { ...line, facts: line.facts.toSorted((a, b) => (rowKey(a) < rowKey(b) ? -1 : 1)) }
}

const rowKey = ({ row }: DecidedOn): string => Object.values(row).join(' ')
