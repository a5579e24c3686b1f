import { buildSchema } from 'graphql'
import { bundleFromTexts, type BundleTexts } from '../../../policy/review/bundle-from-texts.ts'
import { createCounterexamples, groupedChanges, type Counterexample } from '../../../policy/review/counterexamples.ts'
import { diffBundles, type BundleDiff, type CellChange } from '../../../policy/review/diff-bundles.ts'
import { loadPersonas } from '../../../synthetic/personas.ts'

/** Cells that one edit changed alike: how many, of which fields, and one of them with the request that shows it. */
export type ChangedCells = CellChange & { cells: number; fields: string[]; request: Counterexample }
/** `diffBundles` for reading: cells counted and put together by edit. */
export type Comparison = Omit<BundleDiff, 'cells'> & { opened: number; closed: number; changes: ChangedCells[] }

/** What opened comes first; an edit beyond these is only counted. */
const mostChanges = 200

/** Compares two archived bundles. Requests are written for the schema given. Null where this version can't read their texts. */
export function compareTexts(before: BundleTexts, after: BundleTexts, apiSchema: string): Comparison | null {
  const bundles = readable(before, after)
  if (bundles === null) return null
  const { cells, ...beside } = diffBundles(...bundles)
  const showing = createCounterexamples(buildSchema(apiSchema), loadPersonas())
  const opened = cells.filter(({ direction }) => direction === 'WIDENED').length
  return {
    ...beside,
    opened,
    closed: cells.length - opened,
    changes: groupedChanges(cells)
      .slice(0, mostChanges)
      .map((group) => ({
        ...group[0],
        cells: group.length,
        fields: [...new Set(group.map(({ coordinate }) => coordinate))],
        request: showing(group[0]),
      })),
  }
}

function readable(before: BundleTexts, after: BundleTexts): Parameters<typeof diffBundles> | null {
  try {
    return [bundleFromTexts(before), bundleFromTexts(after)]
  } catch {
    return null
  }
}
