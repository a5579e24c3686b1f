import { existsSync, readFileSync } from 'node:fs'
import { Option, type Command } from 'commander'
import { buildSchema, parse, validate, type DocumentNode, type GraphQLSchema } from 'graphql'
import { loadOrganisations } from '../../identity/organisations.ts'
import { nobody, principalFromClaims, stating } from '../../identity/principal.ts'
import { callerFromPrincipal } from '../../policy/caller.ts'
import { loadPolicy } from '../../policy/load-policy.ts'
import { accessMatrix, type AccessCell } from '../../policy/review/access-matrix.ts'
import { askerOfClass, type Asker } from '../../policy/review/asker.ts'
import { callerClasses } from '../../policy/review/caller-classes.ts'
import { factsBeforePlanning } from '../../policy/row-facts.ts'
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

    /** A query given as text or as the name of a file, valid in this graph. */
    documentOf: (textOrFile: string, schema: GraphQLSchema, verb: Command): DocumentNode => {
      const text = existsSync(textOrFile) ? readFileSync(textOrFile, 'utf8') : textOrFile
      const [problem, document] = parsed(text)
      const [invalid] = document === null ? [problem] : validate(schema, document).map(({ message }) => message)
      return document === null || invalid ? refuse(verb, invalid ?? 'no query') : document
    },

    /** A persona with its first purpose or the one named (NONE: none), or a caller class of the matrix by its name. */
    askerOf: ({ as, purpose, case: caseNumber }: AskOptions, verb: Command): Asker => {
      const callerClass = callers().find(({ name }) => name === as)
      if (callerClass !== undefined) return askerOfClass(callerClass, policy().purposes)
      const persona = loadPersonas().find((one) => one.persona === as) ?? refuse(verb, `no persona ${as}`)
      const claims = persona.claims
      const signedIn = claims === null ? nobody : principalFromClaims(claims, '', loadOrganisations())
      if (signedIn === null) return refuse(verb, `${as} has claims that are none`)
      const statable = policy().purposes.codes(signedIn)
      const stated = purpose === 'NONE' ? null : (purpose ?? persona.purposes[0] ?? null)
      if (stated !== null && !statable.includes(stated))
        refuse(verb, `PURPOSE_NOT_ALLOWED: ${as} may state ${statable.join(', ') || 'no purpose'}, not ${stated}`)
      const principal = stating(signedIn, { purpose: stated, caseNumber: caseNumber ?? null })
      return { caller: callerFromPrincipal(principal), facts: factsBeforePlanning(principal), statable }
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
