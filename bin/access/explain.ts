import { Command } from 'commander'
import { coordinatesOf } from '../../policy/review/coordinates-of.ts'
import { explain } from '../../policy/review/explain.ts'
import { explanationText } from './explanation-text.ts'
import { factsWith, withFactOptions, type FactOptions } from './fact-options.ts'
import { withAskOptions, type AskOptions, type ReviewTools } from './review-tools.ts'

type Options = AskOptions & FactOptions & { json?: boolean }

/** `explain COORDINATE | QUERY | FILE --as PERSONA`: why, and what would change it. Exit 1 where a field is refused. */
export function createExplain(tools: ReviewTools): Command {
  const { rules, classes, fieldOf, documentOf, askerOf, print } = tools
  const verb = new Command('explain')
    .argument('<what>', 'a field (Type.field), a query, or a file with one')
    .description(
      'why a field is answered or refused: the way through the decision, the rule, the nearest others, the smallest change. Exit 1 when a field is refused whatever the row',
    )
  withFactOptions(withAskOptions(verb)).option('--json')
  return verb.action((what: string, options: Options) => {
    const asker = askerOf(options, verb)
    const facts = factsWith(asker.facts, options)
    const asked = /^\w+\.\w+$/.test(what)
      ? [what]
      : coordinatesOf(tools.schema(), documentOf(what, tools.schema(), verb))
    const told = asked
      .filter((coordinate) => asked.length === 1 || classes.has(coordinate))
      .map((coordinate) => explain(rules.rules, { ...asker, facts }, fieldOf(coordinate, verb)))
    print(options.json, { caller: asker.caller, facts, explanations: told }, () => told.map(explanationText).join('\n'))
    if (told.some(({ decision }) => decision.code !== null)) process.exitCode = 1
  })
}
