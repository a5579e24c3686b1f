import type { BundleDiff, CellChange } from './diff-bundles.ts'
import type { SideChange } from './side-changes.ts'

/** What one line of a decision record lets through: a rule (or a kind of side change), and the fields it is about. */
export type NamedWidening = { rule: string; scope: string }

/**
 * The `widens:` lines of a decision record's front matter, the block between two lines of `---` it starts with:
 * `widens: RULE SCOPE`, where SCOPE is `Type.field`, `Type.*` or `database:*`; or `widens: subject NAME` and likewise for
 * an argument, an organisation, a figure, an invariant.
 */
export function namedWidenings(record: string): NamedWidening[] {
  const [, frontMatter = ''] = /^---\n([\s\S]*?)\n---\n/.exec(record) ?? []
  return [...frontMatter.matchAll(/^widens:[ \t]+(\S+)[ \t]+(\S+)[ \t]*$/gm)].map(([, rule = '', scope = '']) => ({
    rule,
    scope,
  }))
}

/** What opened at L2 or above, or beside the cells, and is named nowhere. */
export type Unnamed = { cells: CellChange[]; side: SideChange[] }

/** `domainOf` tells the database of a field of the newer bundle. */
export function unnamedWidenings(
  { cells, side }: BundleDiff,
  named: readonly NamedWidening[],
  domainOf: (coordinate: string) => string | undefined,
): Unnamed {
  const isIn = (scope: string, coordinate: string) =>
    scope === coordinate || scope === `${coordinate.split('.')[0]}.*` || scope === `${domainOf(coordinate) ?? ''}:*`
  return {
    cells: cells.filter(
      ({ direction, level, to, coordinate }) =>
        direction === 'WIDENED' &&
        level >= 'L2' &&
        !named.some(({ rule, scope }) => rule === to.rule && isIn(scope, coordinate)),
    ),
    side: side.filter(
      ({ opens, kind, name }) => opens && !named.some(({ rule, scope }) => rule === kind && scope === name),
    ),
  }
}
