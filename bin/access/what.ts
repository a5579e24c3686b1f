import { Command } from 'commander'
import { reachedCells } from '../../policy/review/reached-cells.ts'
import { cellText, pathsText } from './cell-text.ts'
import { withAskOptions, type AskOptions, type ReviewTools } from './review-tools.ts'

/** `what --as PERSONA`: everything a caller can be given, by every way. Exit 1 where that is nothing. */
export function createWhat({ rules, askerOf, print, schema, ...graph }: ReviewTools): Command {
  const verb = withAskOptions(new Command('what'))
    .description('everything a persona or a kind of caller can be given besides open data; exit 1 when that is nothing')
    .option('--paths', 'the shortest open ways to each field')
    .option('--json')
  return verb.action((options: AskOptions & { paths?: boolean; json?: boolean }) => {
    const asker = askerOf(options, verb)
    const found = reachedCells(options.as, asker, { ...graph, rules: rules.rules, schema: schema() })
    const text = () => found.map((cell) => cellText(cell) + (options.paths ? pathsText(cell.ways) : '')).join('')
    print(
      options.json,
      options.paths ? found : found.map(({ ways, ...cell }) => ({ ...cell, ways: ways.length })),
      text,
    )
    if (found.length === 0) process.exitCode = 1
  })
}
