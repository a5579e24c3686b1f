import type { DisclosureEntry } from '../../policy/disclosure.ts'
import { factsBeforePlanning } from '../../policy/row-facts.ts'
import type { Principal } from '../../policy/types.ts'
import type { CutPlace } from '../../policy/operation/restore-nulls.ts'

/**
 * The lines of the record for what was cut: one a reason and subject, with all coordinates. The subject is whom the root
 * field named (`named`, by its response key), as far as the schema tells that the place speaks of that one person
 * (same-person.ts). What lies beyond, a ward, another holder, is known to the databases alone, and nothing is fetched to
 * refuse: such a line names nobody rather than somebody else. The log keeps a pseudonym.
 */
export function refusalEntries(
  places: readonly CutPlace[],
  named: ReadonlyMap<string, readonly string[]>,
  principal: Principal,
): DisclosureEntry[] {
  const lines = new Map<string, DisclosureEntry>()
  const row = factsBeforePlanning(principal)
  const { caseNumber } = principal
  for (const { path, coordinate, decidedOn, decision, isOfNamed } of places) {
    const persons = isOfNamed ? (named.get(String(path[0])) ?? []) : []
    for (const subject of persons.length > 0 ? persons : [null]) {
      const { outcome, code, level, rule, basis, citation } = decision
      const key = JSON.stringify([subject, outcome, code, level, rule])
      const known = lines.get(key)
      const coordinates = [...new Set([...(known?.coordinates ?? []), coordinate])].toSorted()
      const decided = [...new Set([...(known?.facts?.[0]?.coordinates ?? []), decidedOn])].toSorted()
      const verdict = { outcome, code, level, rule, basis, citation, facts: [{ coordinates: decided, row }] }
      lines.set(key, { subject, coordinates, ...verdict, consentId: null, consentVersion: null, caseNumber })
    }
  }
  return [...lines.values()]
}
