import type { Rule } from '../rule.ts'
import type { FieldClass } from '../types.ts'
import type { AccessCell } from './access-matrix.ts'

/** What a reviewer must know is complete: no field without class, owner, dictionary entry; no rule that never speaks. */
export type Coverage = {
  fields: number
  byLevel: Readonly<Record<string, number>>
  /** Coordinates that fall short, with why. Composition refuses them; empty in any graph that is served. */
  incomplete: { coordinate: string; reason: string }[]
  rules: number
  /** Rules no caller and field reach: dead or shadowed. */
  unreached: string[]
}

/** Measures a graph's classes and rules. `outsideMatrix` are rules on open fields, which the matrix leaves out. */
export function coverage(
  classes: ReadonlyMap<string, FieldClass>,
  rules: readonly Rule[],
  cells: readonly AccessCell[],
): Coverage {
  const reached = new Set(cells.map(({ rule }) => rule))
  const isOnOpenFields = ({ scope }: Rule) => scope.levels?.every((level) => level === 'L0') ?? false
  const byLevel: Record<string, number> = {}
  for (const { level } of classes.values()) byLevel[level] = (byLevel[level] ?? 0) + 1
  return {
    fields: classes.size,
    byLevel,
    incomplete: [...classes.values()].flatMap(({ coordinate, owner, dict }) => [
      ...(owner === '' ? [{ coordinate, reason: 'no owner' }] : []),
      ...(dict === '' ? [{ coordinate, reason: 'no dictionary entry' }] : []),
    ]),
    rules: rules.length,
    unreached: rules.filter((rule) => !reached.has(rule.id) && !isOnOpenFields(rule)).map(({ id }) => id),
  }
}
