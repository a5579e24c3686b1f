import { existsSync, readFileSync } from 'node:fs'
import { Option, type Command } from 'commander'
import { buildSchema, GraphQLError, parse, validate, type DocumentNode, type GraphQLSchema } from 'graphql'
import { loadOrganisations } from '../../identity/organisations.ts'
import { loadPolicy } from '../../policy/load-policy.ts'
import { accessMatrix, type AccessCell } from '../../policy/review/access-matrix.ts'
import type { Asker } from '../../policy/review/asker.ts'
import { callerClasses } from '../../policy/review/caller-classes.ts'
import { namedAsker } from '../../policy/review/named-asker.ts'
import type { FieldClass } from '../../policy/types.ts'
import { loadGraph } from '../../schema/load-graph.ts'
import { loadPersonas } from '../../synthetic/personas.ts'

/** What every verb stands on: the rules and classes of this folder, and one way to print. Reads files alone. */
export type ReviewTools = ReturnType<typeof createReviewTools>

/** Who a what-if asks as. */
export type AskOptions = { as: string; purpose?: string; case?: string }

/** Rules, purposes and classes, read when they are first asked for. What verbs print goes to `write`. */
export function createReviewTools(write: (text: string | Buffer) => void = (text) => void process.stdout.write(text)) {
  const policy = once(() => loadPolicy())
  const graph = once(() => loadGraph())
  const callers = once(() => callerClasses(policy().purposes))
  return {
    get rules() {
      return policy().rules
    },
    get purposes() {
      return policy().purposes
    },
    get classes() {
      return graph().classes
    },
    get subjects() {
      return graph().subjects
    },
    get arguments() {
      return graph().arguments
    },
    get listSizes() {
      return graph().listSizes
    },
    get schemaHash() {
      return graph().schemaHash
    },
    get callers() {
      return callers()
    },
    cells: (): AccessCell[] => accessMatrix(policy().rules.rules, graph().classes, callers()),
    schema: once(() => buildSchema(readFileSync(new URL('../../schema/api.graphql', import.meta.url), 'utf8'))),

    /** Prints the value as JSON where that was asked for, else the text. Nothing else goes to stdout. */
    print: (json: boolean | undefined, value: unknown, text: () => string): void =>
      write(json ? `${JSON.stringify(value, null, 2)}\n` : text()),
    write,

    fieldOf: (coordinate: string, verb: Command): FieldClass =>
      graph().classes.get(coordinate) ?? refuse(verb, `no field ${coordinate}`),

    /** What was given: as text, or in the file of that name. */
    textFrom,

    /** A query given as text or as the name of a file, valid in this graph. */
    documentOf: (textOrFile: string, schema: GraphQLSchema, verb: Command): DocumentNode => {
      const [problem, document] = parsed(textFrom(textOrFile))
      const [invalid] = document === null ? [problem] : validate(schema, document).map(({ message }) => message)
      return document === null || invalid ? refuse(verb, invalid ?? 'no query') : document
    },

    /** Who a what-if asks as; ends with code 2 where that is nobody, or may not state that purpose. */
    askerOf: ({ as, purpose, case: caseNumber }: AskOptions, verb: Command): Asker => {
      const { purposes } = policy()
      const nameable = { callers: callers(), purposes, personas: loadPersonas(), organisations: loadOrganisations() }
      try {
        return namedAsker(nameable, { as, purpose, isCaseStated: caseNumber !== undefined })
      } catch (error) {
        if (error instanceof GraphQLError) return refuse(verb, error.message)
        throw error
      }
    },
  }
}

/** Adds the options that say who asks. */
export function withAskOptions(verb: Command, isRequired = true): Command {
  const as = new Option(
    '--as <persona>',
    'a persona, or a caller as the matrix names it: "PURPOSE KIND ORGANISATION role"',
  )
  return verb
    .addOption(as.makeOptionMandatory(isRequired))
    .option('--purpose <code>', 'the purpose stated; NONE states none (default: the first the persona may state)')
    .option('--case <number>', 'a case number is stated')
}

/** Ends a verb that was asked for something that does not exist, with one line and exit code 2. */
function refuse(verb: Command, message: string): never {
  return verb.error(message, { exitCode: 2 })
}

function textFrom(textOrFile: string): string {
  return existsSync(textOrFile) ? readFileSync(textOrFile, 'utf8') : textOrFile
}

function parsed(text: string): [string, null] | [null, DocumentNode] {
  try {
    return [null, parse(text)]
  } catch (error) {
    return [error instanceof Error ? error.message : 'no query', null]
  }
}

function once<Value>(make: () => Value): () => Value {
  let made: Value | undefined
  return () => (made ??= make())
}
