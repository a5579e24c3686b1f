import { Command } from 'commander'
import { coverage } from '../../policy/review/coverage.ts'
import type { ReviewTools } from './review-tools.ts'

/** `coverage`: what escaped classification, and rules that never speak. */
export function createCoverage({ rules, classes, cells, print }: ReviewTools): Command {
  return new Command('coverage')
    .description('fields without class, owner or dictionary entry; rules that never speak. Exit 1 when there are any')
    .option('--json')
    .action(({ json }: { json?: boolean }) => {
      const found = coverage(classes, rules.rules, cells())
      print(
        json,
        found,
        () =>
          `${found.fields} fields ${JSON.stringify(found.byLevel)}, ${found.incomplete.length} incomplete; ${found.rules} rules, never reached: ${found.unreached.join(', ') || 'none'}\n`,
      )
      if (found.incomplete.length > 0 || found.unreached.length > 0) process.exitCode = 1
    })
}
