import { Command } from 'commander'
import { checkInvariants, type InvariantResult } from '../../policy/review/check-invariants.ts'
import { loadBundle } from '../../policy/review/load-bundle.ts'
import type { ReviewTools } from './review-tools.ts'

/** `invariants`: what must hold whatever the rules say. */
export function createInvariants({ print }: Pick<ReviewTools, 'print'>): Command {
  return new Command('invariants')
    .description(
      'checks policy/invariants.yaml over every caller, field, sign-in and row; exit 1 where a statement breaks',
    )
    .option('--json')
    .action(({ json }: { json?: boolean }) => {
      const results = checkInvariants(loadBundle())
      print(json, results, () => invariantsText(results))
      if (results.some(({ holds }) => !holds)) process.exitCode = 1
    })
}

/** One statement a line, with the request that breaks it. */
export function invariantsText(results: readonly InvariantResult[]): string {
  return results
    .map(({ id, says, holds, pairs, counterexample }) =>
      [
        `${holds ? 'holds ' : 'BROKEN'}  ${id}: ${says.en} (${says.vi}); ${pairs} callers x fields`,
        ...(counterexample === null
          ? []
          : [
              `    ${counterexample.caller} gets ${counterexample.outcome} of ${counterexample.coordinate} by ${counterexample.rule}`,
              `    where ${Object.entries(counterexample.point)
                .map(([fact, value]) => `${fact} ${value}`)
                .join(', ')}`,
            ]),
        '',
      ].join('\n'),
    )
    .join('')
}
