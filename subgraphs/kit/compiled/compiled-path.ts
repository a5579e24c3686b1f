import { GraphQLError, type DocumentNode, type GraphQLSchema } from 'graphql'
import type { Pool } from 'pg'
import { cataloguedError } from '../catalogued-error.ts'
import type { RequestContext } from '../request-context.ts'
import type { SubgraphRuntime } from '../runtime.ts'
import { statementName } from '../session.ts'
import type { VerdictNow, Verdicts } from '../verdicts.ts'
import type { Cells } from './answer.ts'
import { askedPeople } from './asked-people.ts'
import { type ColumnValues, columnValuesOf } from './column-values.ts'
import { compileFetch } from './compile-fetch.ts'
import { type AlikeBits, type CompiledAnswer, runCompiled, type ValueOf } from './run-compiled.ts'
import { type Statement, type StatementKind, statementOf } from './statement.ts'
import type { CompiledFetch } from './types.ts'

/**
 * Answers a fetch in one pass; null where the plain path must. Rejects, with an error of the catalogue, where the database
 * can't be had or takes too long: asking it once more would only take as long again.
 */
export type CompiledPath = (
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
  request: { context: RequestContext; uncounted: VerdictNow } & Verdicts,
) => Promise<CompiledAnswer | null>

type Compiled = {
  fetch: CompiledFetch
  values: Promise<ColumnValues>
  statements: Map<string, Planned>
  alike: AlikeBits
}
type Planned = Statement & { isOne: boolean; uses: number }

/** A statement that is used so often is kept by the server as a plan; of others there may be any number. */
const usesOfPlanned = 3
const mostPlanned = 300
/** Of one fetch; what else may be read of people is asked for row by row. */
const mostKinds = 50

/**
 * The compiled path of a subgraph. A document is compiled once: the gateway sends the same one for as long as it keeps
 * the plan.
 */
export function createCompiledPath(runtime: SubgraphRuntime, schema: GraphQLSchema, pool: Pool): CompiledPath {
  const known = new WeakMap<DocumentNode, Compiled | null>()
  const planned = new Set<string>()

  const compiledOf = (document: DocumentNode): Compiled | null => {
    const seen = known.get(document)
    if (seen !== undefined) return seen
    const fetch = compileFetch(runtime, schema, document)
    const compiled: Compiled | null = fetch && {
      fetch,
      values: columnValuesOf(pool, fetch),
      statements: new Map(),
      alike: new WeakMap(),
    }
    compiled?.values.catch(() => known.delete(document))
    known.set(document, compiled)
    return compiled
  }
  const nameOf = (statement: Planned): { name?: string } => {
    statement.uses += 1
    if (statement.uses >= usesOfPlanned && planned.size < mostPlanned) planned.add(statement.text)
    return planned.has(statement.text) ? { name: statementName(statement.text) } : {}
  }

  return async (document, variables, { context, verdictFor, uncounted, kindOf }) => {
    let trouble: GraphQLError | null = null
    const read = async (compiled: Compiled, kind: StatementKind, valueOf: ValueOf) => {
      const statement = statementFor(compiled, kind)
      const { text, parameters, isOne } = statement
      const values = parameters.map((parameter) => valueOf(parameter, isOne))
      return (await pool.query<{ r: Cells | null }>({ ...nameOf(statement), text, values }).catch(noted)).rows
    }
    const noted = (error: Error): never => {
      trouble = troubleOf(error)
      throw error
    }
    try {
      const compiled = compiledOf(document)
      const people = compiled && askedPeople(compiled.fetch, schema, variables, context)
      if (!compiled || !people) return null
      const run = {
        fetch: compiled.fetch,
        people,
        values: await compiled.values.catch(noted),
        context,
        verdictFor,
        uncounted,
        kindOf,
        alike: compiled.alike,
      }
      return await runCompiled({ ...run, read: (kind, valueOf) => read(compiled, kind, valueOf) })
    } catch {
      if (trouble !== null) throw trouble
      // The plain path meets the same trouble and has the words for it, field by field.
      return null
    }
  }
}

function statementFor({ fetch, statements }: Pick<Compiled, 'fetch' | 'statements'>, kind: StatementKind): Planned {
  const key = JSON.stringify(kind)
  const known = statements.get(key)
  if (known !== undefined) return known
  if (statements.size >= mostKinds && kind.bits !== null)
    return statementFor({ fetch, statements }, { ...kind, isOne: false, bits: null })
  const made = { ...statementOf(fetch, kind), isOne: kind.isOne, uses: 0 }
  statements.set(key, made)
  return made
}

/** What a fetch is answered with where the database can't be had or takes too long; null for a mistake of ours. */
export function troubleOf(originalError: Error): GraphQLError | null {
  const error = cataloguedError(new GraphQLError(originalError.message, { originalError }))
  return error.extensions['code'] === 'INTERNAL' ? null : error
}
