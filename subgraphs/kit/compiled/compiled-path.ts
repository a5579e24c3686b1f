import { GraphQLError, type DocumentNode, type GraphQLSchema } from 'graphql'
import type { Pool } from 'pg'
import { cataloguedError } from '../catalogued-error.ts'
import type { RequestContext } from '../request-context.ts'
import type { SubgraphRuntime } from '../runtime.ts'
import type { Turns } from '../turns.ts'
import type { VerdictNow, Verdicts } from '../verdicts.ts'
import { askedPeople } from './asked-people.ts'
import { type ColumnValues, columnValuesOf } from './column-values.ts'
import { compileFetch } from './compile-fetch.ts'
import type { AlikeGrounds } from './create-judge.ts'
import { createReader } from './create-reader.ts'
import { createNotedLists, type NotedLists } from './noted-fields.ts'
import { type AlikeBits, type CompiledAnswer, runCompiled } from './run-compiled.ts'
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
  alike: AlikeBits
  grounds: AlikeGrounds
  lists: NotedLists
}

/**
 * The compiled path of a subgraph. A document is compiled once: the gateway sends the same one for as long as it keeps
 * the plan.
 */
export function createCompiledPath(
  runtime: SubgraphRuntime,
  schema: GraphQLSchema,
  pool: Pool,
  turn: Turns,
): CompiledPath {
  const known = new WeakMap<DocumentNode, Compiled | null>()
  const read = createReader(pool, turn)

  const compiledOf = (document: DocumentNode): Compiled | null => {
    const seen = known.get(document)
    if (seen !== undefined) return seen
    const fetch = compileFetch(runtime, schema, document)
    const compiled: Compiled | null = fetch && {
      fetch,
      values: columnValuesOf(pool, fetch),
      alike: new WeakMap(),
      grounds: new WeakMap(),
      lists: createNotedLists(),
    }
    compiled?.values.catch(() => known.delete(document))
    known.set(document, compiled)
    return compiled
  }
  return async (document, variables, { context, verdictFor, uncounted, kindOf }) => {
    let trouble: GraphQLError | null = null
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
        grounds: compiled.grounds,
        lists: compiled.lists,
      }
      return await runCompiled({ ...run, read: (reading) => read(compiled.fetch, reading).catch(noted) })
    } catch {
      if (trouble !== null) throw trouble
      // The plain path meets the same trouble and has the words for it, field by field.
      return null
    }
  }
}

/** What a fetch is answered with where the database can't be had or takes too long; null for a mistake of ours. */
export function troubleOf(originalError: Error): GraphQLError | null {
  const error = cataloguedError(new GraphQLError(originalError.message, { originalError }))
  return error.extensions['code'] === 'INTERNAL' ? null : error
}
