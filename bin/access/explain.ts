import { Command } from 'commander'
import { callerFromPrincipal } from '../../policy/caller.ts'
import { factsBeforePlanning } from '../../policy/row-facts.ts'
import { explain } from '../../policy/review/explain.ts'
import type { ReviewTools } from './review-tools.ts'

type Options = { as: string; purpose?: string; case?: string; json?: boolean }

/** `explain COORDINATE --as PERSONA`: why, and what would change it. */
export function createExplain({ rules, fieldOf, principalOf, print }: ReviewTools): Command {
  const verb = new Command('explain')
    .argument('<coordinate>')
    .description('why a persona is answered or refused, and the smallest change that would open the field')
    .requiredOption('--as <persona>')
    .option('--purpose <code>')
    .option('--case <number>', 'a case is stated')
    .option('--json')
  return verb.action((coordinate: string, { as, purpose, case: number, json }: Options) => {
    const principal = principalOf(as, purpose, number ?? null, verb)
    const facts = factsBeforePlanning(principal)
    const told = explain(rules.rules, callerFromPrincipal(principal), fieldOf(coordinate, verb), facts)
    const { decision, speaking, flip } = told
    print(json, told, () =>
      [
        `${decision.outcome}${decision.conditional ? ' (depends on the row)' : ''}  ${decision.code ?? ''}  rule ${decision.rule}, step ${decision.failed ?? '-'}`,
        `  ${decision.citation}${decision.proposal ? ' (proposal)' : ''}`,
        ...speaking.map(
          ({ rule, effect, title, conditions }) => `  ${rule}: ${effect} if ${conditions.en || 'asked'}; ${title.vi}`,
        ),
        flip === null ? '' : `  would open with ${JSON.stringify(flip.change)}: ${flip.outcome} by ${flip.rule}`,
        '',
      ].join('\n'),
    )
  })
}
