import { Command } from 'commander'
import { loadApprovedFiles, newRecords } from '../../policy/review/approved-files.ts'
import { diffBundles } from '../../policy/review/diff-bundles.ts'
import { namedWidenings, unnamedWidenings } from '../../policy/review/named-widenings.ts'
import { loadBundle } from '../../policy/review/load-bundle.ts'
import { changesText, shownCells, sideText } from './change-text.ts'
import { orRefuse } from './diff.ts'
import { loadVersion } from './load-version.ts'
import type { ReviewTools } from './review-tools.ts'

/** `check-no-new-access [BASE]`: what opened since, and stands in no decision record. */
export function createCheckNoNewAccess({ schema, print }: Pick<ReviewTools, 'schema' | 'print'>): Command {
  const verb = new Command('check-no-new-access')
    .argument('[base]', 'what is compared with: the approved rules, a git revision or a folder', 'approved')
    .description('exit 1 where something of L2 or above opened that no decision record names')
    .option('--json')
  return verb.action((base: string, { json }: { json?: boolean }) => {
    const unnamed = orRefuse(verb, () => openedUnnamed(base))
    const { cells, side } = unnamed
    const told = json ? { ...unnamed, cells: shownCells(cells, schema()) } : unnamed
    print(json, told, () =>
      cells.length + side.length === 0
        ? `nothing opened since ${base} that no decision record names\n`
        : `${changesText(cells, schema())}${sideText(side)}name it in the front matter of a new record in docs/decisions/, or take it back:\n${namingLines(unnamed)}`,
    )
    if (cells.length + side.length > 0) process.exitCode = 1
  })
}

/** What opened at L2 or above since a base, but for what decision records made since the last approval name. */
export function openedUnnamed(base: string, root?: string) {
  const files = loadApprovedFiles(root)
  const after = loadBundle(root)
  const named = newRecords(files).flatMap(namedWidenings)
  return unnamedWidenings(diffBundles(loadVersion(base, root), after), named, (at) => after.classes.get(at)?.domain)
}

/** The lines of front matter that would name it all. */
export function namingLines({ cells, side }: ReturnType<typeof openedUnnamed>): string {
  const lines = [
    ...cells.map(({ to, coordinate }) => `widens: ${to.rule} ${coordinate}\n`),
    ...side.map(({ kind, name }) => `widens: ${kind} ${name}\n`),
  ]
  return [...new Set(lines)].join('')
}
