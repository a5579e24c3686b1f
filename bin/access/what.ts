import { Command } from 'commander'
import { accessMatrix } from '../../policy/review/access-matrix.ts'
import { reachOf } from '../../policy/review/reachable.ts'
import { cellText, pathsText } from './cell-text.ts'
import { withAskOptions, type AskOptions, type ReviewTools } from './review-tools.ts'

/** `what --as PERSONA`: everything a caller can be given, by every way. Exit 1 where that is nothing. */
export function createWhat({ rules, askerOf, print, schema, ...graph }: ReviewTools): Command {
  const verb = withAskOptions(new Command('what'))
    .description('everything a persona or a kind of caller can be given besides open data; exit 1 when that is nothing')
    .option('--paths', 'the shortest open ways to each field')
    .option('--json')
  return verb.action((options: AskOptions & { paths?: boolean; json?: boolean }) => {
    const asked = askerOf(options, verb)
    // What could be reached at all: with whatever case they state.
    const asker = { ...asked, facts: { ...asked.facts, case: 'UNKNOWN', approval: 'UNKNOWN' } as const }
    const reach = reachOf(rules.rules, asker, { ...graph, schema: schema() })
    const found = accessMatrix(rules.rules, graph.classes, [{ name: options.as, caller: asker.caller }])
      .filter(({ outcome }) => outcome === 'ALLOW' || outcome === 'MASK')
      .map((cell) => ({ ...cell, ways: reach.openTo(cell.coordinate) }))
      .filter(({ ways }) => ways.length > 0)
    const text = () => found.map((cell) => cellText(cell) + (options.paths ? pathsText(cell.ways) : '')).join('')
    print(
      options.json,
      options.paths ? found : found.map(({ ways, ...cell }) => ({ ...cell, ways: ways.length })),
      text,
    )
    if (found.length === 0) process.exitCode = 1
  })
}
