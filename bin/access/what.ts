import { Command } from 'commander'
import { callerFromPrincipal } from '../../policy/caller.ts'
import { accessMatrix } from '../../policy/review/access-matrix.ts'
import { cellText } from './cell-text.ts'
import type { ReviewTools } from './review-tools.ts'

/** `what --as PERSONA`: everything a caller can reach. */
export function createWhat({ rules, classes, principalOf, print }: ReviewTools): Command {
  const verb = new Command('what')
    .description('everything a persona can reach under its first purpose, or the one named')
    .requiredOption('--as <persona>')
    .option('--purpose <code>')
    .option('--json')
  return verb.action(({ as, purpose, json }: { as: string; purpose?: string; json?: boolean }) => {
    const caller = callerFromPrincipal(principalOf(as, purpose, null, verb))
    const found = accessMatrix(rules.rules, classes, [{ name: as, caller }]).filter(({ outcome }) => outcome !== 'DENY')
    print(json, found, () => found.map(cellText).join(''))
  })
}
