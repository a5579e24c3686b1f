import type { OrganisationKind, Outcome } from '../types.ts'
import type { AccessCell } from './access-matrix.ts'
import type { CallerClass } from './caller-classes.ts'

/** One entry of the disclosure log, as far as it shows that a right was used. */
export type Use = {
  /** ISO 8601. */
  at: string
  kind: string
  organisation: string | null
  roles: readonly string[]
  delegated: boolean
  purpose: string | null
  coordinates: readonly string[]
  outcome: Outcome
  rule: string
}

/** A rule's rights, and those of them that nobody used. */
export type UnusedRights = { rule: string; rights: number; unused: { caller: string; coordinate: string }[] }

/**
 * Which rights (a kind of caller, a field, the rule that opens it) no record since then shows in use, by rule, the least
 * used first. A masked value is a use; a refusal is none.
 */
export async function unusedRights(
  cells: readonly AccessCell[],
  callers: readonly CallerClass[],
  organisations: ReadonlyMap<string, OrganisationKind>,
  uses: AsyncIterable<Use> | Iterable<Use>,
  since: Date,
): Promise<UnusedRights[]> {
  const used = new Set<string>()
  for await (const use of uses) {
    if (Date.parse(use.at) < since.getTime() || (use.outcome !== 'ALLOW' && use.outcome !== 'MASK')) continue
    for (const { name, caller } of callers) {
      const isOne =
        caller.kind === use.kind &&
        caller.purpose === use.purpose &&
        caller.delegated === use.delegated &&
        // A citizen in person comes through an app of some organisation, or none.
        (caller.orgKind === null || caller.orgKind === organisations.get(use.organisation ?? '')) &&
        caller.roles.every((role) => use.roles.includes(role))
      if (isOne) for (const coordinate of use.coordinates) used.add(keyOf(name, coordinate, use.rule))
    }
  }
  const rights = cells.filter(({ outcome }) => outcome === 'ALLOW' || outcome === 'MASK')
  return [...Map.groupBy(rights, ({ rule }) => rule)]
    .map(([rule, own]) => {
      const all = new Map(
        own.map(({ caller, coordinate }) => [keyOf(caller, coordinate, rule), { caller, coordinate }]),
      )
      return { rule, rights: all.size, unused: [...all].filter(([key]) => !used.has(key)).map(([, right]) => right) }
    })
    .filter(({ unused }) => unused.length > 0)
    .toSorted((a, b) => b.unused.length / b.rights - a.unused.length / a.rights || (a.rule < b.rule ? -1 : 1))
}

const keyOf = (caller: string, coordinate: string, rule: string): string => `${caller} ${coordinate} ${rule}`
