import { Command, CommanderError } from 'commander'
import { coordinatesOf } from '../../policy/review/coordinates-of.ts'
import { explain } from '../../policy/review/explain.ts'
import { explanationText } from './explanation-text.ts'
import { factsWith, withFactOptions, type FactOptions } from './fact-options.ts'
import { withAskOptions, type AskOptions, type ReviewTools } from './review-tools.ts'

type Options = Partial<AskOptions> & FactOptions & { record?: string; json?: boolean }

/**
 * `explain COORDINATE | QUERY | FILE --as PERSONA`: why, and what would change it; exit 1 where a field is refused.
 * `explain --record ID`: why a verdict of the log was given; exit 1 where the rules of its time do not give it again.
 */
export function createExplain(tools: ReviewTools): Command {
  const verb = new Command('explain')
    .argument('[what]', 'a field (Type.field), a query, or a file with one')
    .description(
      'why a field is answered or refused: the way through the decision, the rule, the nearest others, the smallest change. Exit 1 when a field is refused whatever the row; with --record when deciding again gives something else',
    )
  withFactOptions(withAskOptions(verb, false))
    .option('--record <id>', 'a record of the disclosure log, or an entry of it, instead of a what-if')
    .option('--json')
  return verb.action((what: string | undefined, options: Options) => {
    const { as, record } = options
    if (record !== undefined && what === undefined) return explainStoredOne(tools, verb, record, options.json)
    if (what === undefined || as === undefined || record !== undefined)
      return verb.error('name a field or a query and --as, or --record alone', { exitCode: 2 })
    return explainWhatIf(tools, verb, what, { ...options, as })
  })
}

function explainWhatIf(tools: ReviewTools, verb: Command, what: string, options: Options & AskOptions): void {
  const asker = tools.askerOf(options, verb)
  const facts = factsWith(asker.facts, options)
  const asked = /^\w+\.\w+$/.test(what) ? [what] : coordinatesAsked()
  const told = asked
    .filter((coordinate) => asked.length === 1 || tools.classes.has(coordinate))
    .map((coordinate) => explain(tools.rules.rules, { ...asker, facts }, tools.fieldOf(coordinate, verb)))
  tools.print(options.json, { caller: asker.caller, facts, explanations: told }, () =>
    told.map(explanationText).join('\n'),
  )
  if (told.some(({ decision }) => decision.code !== null)) process.exitCode = 1

  function coordinatesAsked(): readonly string[] {
    const schema = tools.schema()
    return coordinatesOf(schema, tools.documentOf(what, schema, verb))
  }
}

async function explainStoredOne({ print }: ReviewTools, verb: Command, id: string, json?: boolean): Promise<void> {
  // Loaded where a record is asked for: a what-if starts without a database.
  const { withLog } = await import('./with-log.ts')
  const { explainRecord, recordText } = await import('./explain-record.ts')
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) return verb.error('no id of a record', { exitCode: 2 })
  try {
    const told = await withLog((client) => explainRecord(client, id))
    if (told === null) return verb.error('the log holds no such record', { exitCode: 2 })
    print(json, told, () => recordText(told))
    if (!(told.explanations?.every(({ isSame }) => isSame) ?? false)) process.exitCode = 1
  } catch (error) {
    // What keeps the log from being read is no finding.
    if (error instanceof CommanderError) throw error
    verb.error(error instanceof Error ? error.message : 'the log can not be read', { exitCode: 2 })
  }
}
