import type { Outcome } from '../types.ts'
import type { Bundle } from './bundle.ts'
import { createCedarEngine } from './cedar-outcome.ts'
import { cedarCaller, cedarField } from './cedar-schema.ts'
import { finiteSpace, representative, type Point } from './finite-space.ts'

/** A point where both engines disagree. */
export type CedarDifference = { caller: string; coordinate: string; point: Point; ours: Outcome; cedar: Outcome }

/**
 * Asks Cedar for every box of the whole space, at its most ordinary point; `every` above 1 asks for one box in so many.
 * Empty where both engines agree.
 */
export function cedarDifferences(bundle: Bundle, every = 1): { asked: number; differences: CedarDifference[] } {
  const engine = createCedarEngine(bundle)
  const differences: CedarDifference[] = []
  let walked = 0
  let asked = 0
  for (const { callers, coordinates, verdicts } of finiteSpace([bundle])) {
    for (const { box, decisions } of verdicts) {
      walked += 1
      if (walked % every !== 0) continue
      // Another caller and field of the region each time: they must all be alike to Cedar too.
      const caller = callers[walked % callers.length]
      const field = bundle.classes.get(coordinates[walked % coordinates.length] ?? '')
      const ours = decisions[0]?.outcome
      if (caller === undefined || field === undefined || ours === undefined) continue
      asked += 1
      const point = representative(box)
      const cedar = engine(cedarCaller(caller), cedarField(field), point)
      if (cedar !== ours) differences.push({ caller: caller.name, coordinate: field.coordinate, point, ours, cedar })
    }
  }
  return { asked, differences }
}
