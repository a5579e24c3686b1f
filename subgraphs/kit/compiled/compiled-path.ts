import { GraphQLError, type DocumentNode, type GraphQLSchema } from 'graphql'
import type { Pool } from 'pg'
import { cataloguedError } from '../catalogued-error.ts'
import type { RequestContext } from '../request-context.ts'
import type { SubgraphRuntime } from '../runtime.ts'
import { statementName } from '../session.ts'
import type { VerdictNow } from '../verdicts.ts'
import type { Cells } from './answer.ts'
import { askedPeople } from './asked-people.ts'
import { type ColumnValues, columnValuesOf } from './column-values.ts'
import { compileFetch } from './compile-fetch.ts'
import { type CompiledAnswer, runCompiled } from './run-compiled.ts'
import { statementOf } from './statement.ts'
import type { CompiledFetch } from './types.ts'

/**
 * Answers a fetch in one pass; null where the plain path must. Rejects, with an error of the catalogue, where the database
 * can't be had or takes too long: asking it once more would only take as long again.
 */
export type CompiledPath = (
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
  request: { context: RequestContext; verdictFor: VerdictNow; uncounted: VerdictNow },
) => Promise<CompiledAnswer | null>

type Compiled = { fetch: CompiledFetch; text: string; values: Promise<ColumnValues>; uses: number }

/** A statement that is used so often is kept by the server as a plan; of others there may be any number. */
const usesOfPlanned = 3
const mostPlanned = 300

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
    const compiled = fetch && { fetch, text: statementOf(fetch), values: columnValuesOf(pool, fetch), uses: 0 }
    compiled?.values.catch(() => known.delete(document))
    known.set(document, compiled)
    return compiled
  }
  const nameOf = (compiled: Compiled): { name?: string } => {
    compiled.uses += 1
    if (compiled.uses >= usesOfPlanned && planned.size < mostPlanned) planned.add(compiled.text)
    return planned.has(compiled.text) ? { name: statementName(compiled.text) } : {}
  }

  return async (document, variables, { context, verdictFor, uncounted }) => {
    let trouble: GraphQLError | null = null
    const read = async (compiled: Compiled, values: readonly unknown[]) => {
      const statement = { ...nameOf(compiled), text: compiled.text, values: [...values] }
      return (await pool.query<{ r: Cells | null }>(statement).catch(noted)).rows
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
      }
      return await runCompiled({ ...run, read: (values) => read(compiled, values) })
    } catch {
      if (trouble !== null) throw trouble
      // The plain path meets the same trouble and has the words for it, field by field.
      return null
    }
  }
}

function troubleOf(originalError: Error): GraphQLError | null {
  const error = cataloguedError(new GraphQLError(originalError.message, { originalError }))
  return error.extensions['code'] === 'INTERNAL' ? null : error
}
