import { Command } from 'commander'
import { errorCatalogue } from '../../policy/error-catalogue.ts'
import { simulate } from '../../policy/review/simulate.ts'
import type { SimulatedField } from '../../policy/review/simulated-fields.ts'
import { factsWith, withFactOptions, type FactOptions } from './fact-options.ts'
import { withAskOptions, type AskOptions, type ReviewTools } from './review-tools.ts'

type Options = AskOptions & FactOptions & { variables?: string; operation?: string; json?: boolean }

/**
 * `simulate QUERY | FILE --as PERSONA`: what would become of each field, no database touched. Exit 1 where one is refused,
 * 2 where the whole query is.
 */
export function createSimulate({ askerOf, textFrom, print, rules, schema, ...graph }: ReviewTools): Command {
  const verb = new Command('simulate')
    .argument('<query>', 'a query, or a file with one')
    .description(
      'a dry run: the outcome of each field as the gateway decides it. Exit 1 when a field is refused whatever the row, 2 when the query is',
    )
  withFactOptions(withAskOptions(verb))
    .option('--variables <json>', 'values of the query’s variables')
    .option('--operation <name>', 'which operation, where the document has several')
    .option('--json')
  return verb.action((query: string, options: Options) => {
    const asker = askerOf(options, verb)
    const facts = factsWith(asker.facts, options)
    const { operation: operationName, variables } = options
    const sent = { query: textFrom(query), operationName, variables }
    const found = simulate({ ...graph, rules: rules.rules, schema: schema() }, { ...asker, facts }, sent)
    const { refusal, fields } = found
    const text = () => (refusal === null ? '' : `${refusal.code}: ${refusal.vi} · ${refusal.en}\n`)
    print(options.json, { caller: asker.caller, facts, ...found }, () => text() + fields.map(fieldText).join(''))
    if (refusal !== null) process.exitCode = 2
    else if (fields.some(({ code }) => code !== null)) process.exitCode = 1
  })
}

function fieldText({
  path,
  coordinate,
  fate,
  outcome,
  conditional,
  level,
  rule,
  citation,
  code,
}: SimulatedField): string {
  const verdict = `${fate.padEnd(8)}${outcome}${conditional ? '?' : ''}`.padEnd(24)
  const why =
    code === null ? '' : `\n        ${code}: ${errorCatalogue[code].vi} · ${errorCatalogue[code].en} (${citation})`
  return `${verdict}${level}  ${path}  [${coordinate}; ${rule}]${why}\n`
}
