import { Command } from 'commander'
import { diffBundles } from '../../policy/review/diff-bundles.ts'
import { changesText, shownCells, sideText } from './change-text.ts'
import { loadVersion } from './load-version.ts'
import type { ReviewTools } from './review-tools.ts'

/** `diff OLD NEW`: what opened and what closed. */
export function createDiff({ schema, print }: Pick<ReviewTools, 'schema' | 'print'>): Command {
  const verb = new Command('diff')
    .argument('<old>', 'a git revision, a folder of the project, or `approved`')
    .argument('[new]', 'the same', '.')
    .description(
      'what opened and what closed between two versions, by which rule, with a request that shows it. Exit 1 where anything opened',
    )
    .option('--json')
  return verb.action((old: string, now: string, { json }: { json?: boolean }) => {
    const [before, after] = [old, now].map((name) => orRefuse(verb, () => loadVersion(name)))
    if (before === undefined || after === undefined) return
    const found = diffBundles(before, after)
    const told = json ? { ...found, cells: shownCells(found.cells, schema()) } : found
    print(json, told, () =>
      [
        changesText(found.cells, schema()),
        sideText(found.side),
        ...(found.newFields.length > 0 ? [`new fields: ${found.newFields.join(', ')}\n`] : []),
        ...(found.removedFields.length > 0 ? [`removed fields: ${found.removedFields.join(', ')}\n`] : []),
        `${found.cells.filter(({ direction }) => direction === 'WIDENED').length} cells opened, ${found.cells.filter(({ direction }) => direction === 'NARROWED').length} closed\n`,
      ].join(''),
    )
    const opened = found.cells.some(({ direction }) => direction === 'WIDENED') || found.side.some(({ opens }) => opens)
    if (opened) process.exitCode = 1
  })
}

/** What cannot be read ends the verb with its reason and exit code 2. */
export function orRefuse<T>(verb: Command, read: () => T): T {
  try {
    return read()
  } catch (error) {
    return verb.error(error instanceof Error ? error.message : String(error), { exitCode: 2 })
  }
}
