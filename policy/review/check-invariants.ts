import type { Outcome } from '../types.ts'
import type { Bundle } from './bundle.ts'
import { finiteSpace, oddness, representative, type Point, type Region } from './finite-space.ts'
import { isCallerMeant, isFieldMeant, meantPart } from './invariant-scope.ts'
import type { Invariant } from './invariant.ts'

/** What was found of one statement: how much of the space it speaks of, and where it breaks. */
export type InvariantResult = {
  id: string
  says: Invariant['says']
  holds: boolean
  /** Caller and field pairs it speaks of; none: it says nothing any more, and does not hold. */
  pairs: number
  counterexample: Counterexample | null
}
export type Counterexample = { caller: string; coordinate: string; outcome: Outcome; rule: string; point: Point }

/** Asks every statement of the bundle over the whole finite space. */
export function checkInvariants(bundle: Bundle): InvariantResult[] {
  const space = finiteSpace([bundle])
  return bundle.invariants.map((invariant) => {
    const { id, says } = invariant
    const found = space.map((region) => ofRegion(invariant, region, bundle))
    const pairs = found.reduce((sum, one) => sum + one.pairs, 0)
    const broken = found.flatMap((one) => one.broken ?? []).toSorted((a, b) => a.odd - b.odd)
    return { id, says, holds: broken.length === 0 && pairs > 0, pairs, counterexample: broken[0]?.example ?? null }
  })
}

function ofRegion(invariant: Invariant, { callers, coordinates, verdicts }: Region, { classes }: Bundle) {
  const meant = callers.filter((one) => isCallerMeant(invariant, one))
  if (meant.length === 0) return { pairs: 0, broken: null }
  const parts = verdicts.flatMap(({ box, decisions: [decision] }) => {
    const part = meantPart(invariant, box)
    return part === null || decision === undefined ? [] : [{ part, decision, odd: oddness(part) }]
  })
  const forbidden = parts.filter(({ decision }) => isForbidden(invariant, decision.outcome))
  const fields = coordinates.flatMap((one) => classes.get(one) ?? [])
  const spokenOf = fields.filter((field) => parts.some(({ part }) => isFieldMeant(invariant, field, part)))
  const broken = spokenOf.flatMap((field) =>
    forbidden
      .filter(({ part }) => isFieldMeant(invariant, field, part))
      .map(({ part, decision: { outcome, rule }, odd }) => ({
        odd,
        example: {
          caller: meant[0]?.name ?? '',
          coordinate: field.coordinate,
          outcome,
          rule,
          point: representative(part),
        },
      })),
  )
  return { pairs: meant.length * spokenOf.length, broken: broken.toSorted((a, b) => a.odd - b.odd)[0] ?? null }
}

function isForbidden({ never, always }: Invariant, outcome: Outcome): boolean {
  return never?.includes(outcome) ?? always?.includes(outcome) === false
}
