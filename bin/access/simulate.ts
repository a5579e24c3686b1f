import { Command } from 'commander'
import { getOperationAST, getVariableValues } from 'graphql'
import { cutOperation } from '../../policy/operation/cut-operation.ts'
import { decideEarly } from '../../policy/decide-early.ts'
import { errorCatalogue } from '../../policy/error-catalogue.ts'
import { factsWith, withFactOptions, type FactOptions } from './fact-options.ts'
import { withAskOptions, type AskOptions, type ReviewTools } from './review-tools.ts'
import { simulatedFields, type SimulatedField } from './simulated-fields.ts'

type Options = AskOptions & FactOptions & { variables?: string; operation?: string; json?: boolean }

/** `simulate QUERY | FILE --as PERSONA`: what would become of each field, no database touched. Exit 1 where one is refused. */
export function createSimulate({ askerOf, documentOf, print, rules, classes, ...tools }: ReviewTools): Command {
  const verb = new Command('simulate')
    .argument('<query>', 'a query, or a file with one')
    .description(
      'a dry run: the outcome of each field as the gateway decides it. Exit 1 when a field is refused whatever the row',
    )
  withFactOptions(withAskOptions(verb))
    .option('--variables <json>', 'values of the query’s variables')
    .option('--operation <name>', 'which operation, where the document has several')
    .option('--json')
  return verb.action((query: string, options: Options) => {
    const asker = askerOf(options, verb)
    const facts = factsWith(asker.facts, options)
    const document = documentOf(query, tools.schema(), verb)
    const operation = getOperationAST(document, options.operation)
    if (operation == null) return verb.error('name one of the operations with --operation', { exitCode: 2 })
    const decide = (coordinate: string) => decideEarly(rules.rules, asker.caller, classes.get(coordinate), facts)
    const cut = cutOperation(
      tools.schema(),
      document,
      operation,
      { signature: '', decide },
      tools.arguments,
      () => false,
    )
    const given = variablesFrom(options.variables, verb)
    const { coerced, errors } = getVariableValues(tools.schema(), operation.variableDefinitions ?? [], given)
    if (errors !== undefined) return verb.error(errors.map(({ message }) => message).join('\n'), { exitCode: 2 })
    const fields = simulatedFields(cut.shape, decide, coerced)
    print(options.json, { caller: asker.caller, facts, fields }, () => fields.map(fieldText).join(''))
    if (fields.some(({ code }) => code !== null)) process.exitCode = 1
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

function variablesFrom(text: string | undefined, verb: Command): Record<string, unknown> {
  try {
    const variables: unknown = JSON.parse(text ?? '{}')
    if (typeof variables === 'object' && variables !== null) return { ...variables }
  } catch {
    // Told below, like JSON of another kind.
  }
  return verb.error('--variables is no JSON object', { exitCode: 2 })
}
