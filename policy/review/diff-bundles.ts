import { levelFor } from '../level-for.ts'
import type { Decision, FieldClass, Level, Outcome } from '../types.ts'
import type { Bundle } from './bundle.ts'
import { finiteSpace, oddness, representative, type Point, type Verdict } from './finite-space.ts'
import { sideChanges, type SideChange } from './side-changes.ts'

/** One cell that opened or closed between two bundles, with one point where it shows. */
export type CellChange = {
  direction: 'WIDENED' | 'NARROWED'
  caller: string
  coordinate: string
  /** The higher of both levels the field has at that point. */
  level: Level
  from: Ruling
  to: Ruling
  /** What was edited: the rule, the class of the field, the purpose. */
  because: string
  example: Point
}
/** The outcome with the rule behind it, and the form of the value where it is masked. */
export type Ruling = { outcome: Outcome; rule: string; mask: FieldClass['mask'] | null }

/** Everything that differs in who may read what. */
export type BundleDiff = {
  cells: CellChange[]
  newFields: string[]
  removedFields: string[]
  /** What is no cell and still opens or closes: whose a row is, which arguments are guarded, what kind an organisation is. */
  side: SideChange[]
}

/** Compares two bundles over their whole space: no cell that opens or closes anywhere is left out. */
export function diffBundles(before: Bundle, after: Bundle): BundleDiff {
  const cells = finiteSpace([before, after]).flatMap(({ callers, coordinates, verdicts }) => {
    const changed = verdicts
      .filter((verdict) => isChange(verdict, before, after, coordinates[0] ?? ''))
      .toSorted((a, b) => oddness(a.box) - oddness(b.box))
    return callers.flatMap(({ name }) =>
      coordinates.flatMap((coordinate) => changesOf(before, after, coordinate, name, changed)),
    )
  })
  return {
    cells: cells.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)),
    newFields: missingFrom(before, after),
    removedFields: missingFrom(after, before),
    side: sideChanges(before, after),
  }
}

function changesOf(before: Bundle, after: Bundle, coordinate: string, caller: string, verdicts: readonly Verdict[]) {
  const found = new Map<string, CellChange>()
  for (const { box, decisions } of verdicts) {
    const [from, to] = [rulingOf(before, coordinate, decisions[0]), rulingOf(after, coordinate, decisions[1])]
    const direction = openness(from) > openness(to) ? 'NARROWED' : 'WIDENED'
    const example = representative(box)
    const level = higherLevel([before, after], coordinate, example)
    const because = causeOf(before, after, coordinate, direction, from, to)
    const change: CellChange = { direction, caller, coordinate, level, from, to, because, example }
    const key = JSON.stringify([change.direction, from, to, level])
    if (!found.has(key)) found.set(key, change)
  }
  return [...found.values()]
}

/** Law's order: the smaller, the less is shown. */
const byOpenness: readonly Outcome[] = ['DENY', 'AGGREGATE_ONLY', 'VERIFY_ONLY', 'MASK', 'ALLOW']
const openness = ({ outcome }: { outcome: Outcome }) => byOpenness.indexOf(outcome)

/** Masked otherwise than before may show more: there is no order between masks, so it counts as opened. */
function isChange({ decisions: [from, to] }: Verdict, before: Bundle, after: Bundle, coordinate: string): boolean {
  const [one, two] = [before.classes.get(coordinate), after.classes.get(coordinate)]
  // Page info and sealed ids come and go with the edge they repeat the verdict of.
  if ((one === undefined && two?.structure) || (two === undefined && one?.structure)) return false
  if (from?.outcome !== to?.outcome) return true
  return to?.outcome === 'MASK' && one?.mask !== two?.mask
}

function rulingOf({ classes }: Bundle, coordinate: string, decision: Decision | undefined): Ruling {
  const { outcome, rule } = decision ?? { outcome: 'DENY', rule: 'default-deny' }
  return { outcome, rule, mask: outcome === 'MASK' ? (classes.get(coordinate)?.mask ?? null) : null }
}

function higherLevel(bundles: readonly Bundle[], coordinate: string, { subjectClass }: Point): Level {
  const fields = bundles.flatMap(({ classes }) => classes.get(coordinate) ?? [])
  return fields.map((field) => levelFor(field, subjectClass)).reduce((a, b) => (a > b ? a : b), 'L0' as Level)
}

/** The edit behind a change: of the rule that now opens, of the one that closed before, of the class, or of the purpose. */
function causeOf(
  before: Bundle,
  after: Bundle,
  coordinate: string,
  direction: CellChange['direction'],
  from: Ruling,
  to: Ruling,
): string {
  const [opening, closing] = direction === 'WIDENED' ? [to.rule, from.rule] : [from.rule, to.rule]
  const [one, two] = [before.classes.get(coordinate), after.classes.get(coordinate)]
  if (one === undefined) return `new field ${coordinate}`
  if (two === undefined) return `removed field ${coordinate}`
  for (const id of [opening, closing]) {
    const [old, now] = [before, after].map(({ rules }) => JSON.stringify(rules.find((rule) => rule.id === id)))
    if (old !== now) return `rule ${id} ${old === undefined ? 'added' : now === undefined ? 'removed' : 'changed'}`
  }
  if (JSON.stringify(one) !== JSON.stringify(two)) return `class of ${coordinate} changed`
  return [from.rule, to.rule].includes('purpose-not-allowed')
    ? 'purpose stated by others'
    : 'another rule added, changed or removed'
}

function missingFrom(one: Bundle, other: Bundle): string[] {
  return [...other.classes.keys()].filter((coordinate) => !one.classes.has(coordinate)).toSorted()
}

const keyOf = ({ direction, to, from, coordinate, caller }: CellChange): string =>
  [direction === 'WIDENED' ? 0 : 1, to.rule, from.rule, coordinate, caller].join(' ')
