import { Command } from 'commander'
import { textLines } from '../../evidence/text-lines.ts'
import { loadBundle } from '../../policy/review/load-bundle.ts'
import { unusedRights } from '../../policy/review/unused-rights.ts'
import type { ReviewTools } from './review-tools.ts'
import { usesFromExport } from './uses-from-export.ts'

type Options = { since: string; export: string; json?: boolean }

/** `unused`: rights that nobody used. */
export function createUnused({ callers, cells, print }: Pick<ReviewTools, 'callers' | 'cells' | 'print'>): Command {
  const verb = new Command('unused')
    .description(
      'rights (caller, field, rule) that no record of the disclosure log shows in use. Exit 1 when there are any',
    )
    .requiredOption('--since <date>', 'ISO date or time; older records are left out')
    .requiredOption('--export <file>', 'an export of the log (`access log export`); - reads it from the standard input')
    .option('--json')
  return verb.action(async ({ since, export: file, json }: Options) => {
    const from = new Date(since)
    if (Number.isNaN(from.getTime())) verb.error(`--since ${since} is no date`, { exitCode: 2 })
    try {
      const lines = textLines(file === '-' ? '/dev/stdin' : file)
      const found = await unusedRights(cells(), callers, loadBundle().organisations, usesFromExport(lines), from)
      print(
        json,
        found,
        () =>
          found
            .map(({ rule, rights, unused }) =>
              unused.length === rights
                ? `${rule}: never used (${rights} rights)\n`
                : `${rule}: ${unused.length} of ${rights} rights unused: ${unused.map(({ caller, coordinate }) => `${coordinate} by ${caller}`).join(', ')}\n`,
            )
            .join('') || 'every right was used\n',
      )
      if (found.length > 0) process.exitCode = 1
    } catch (error) {
      verb.error(error instanceof Error ? error.message : String(error), { exitCode: 2 })
    }
  })
}
