import { type DocumentNode, getVariableValues, type GraphQLSchema } from 'graphql'
import type { Pool } from 'pg'
import { createAskedTogether } from '../asked-together.ts'
import { type CompiledPath, troubleOf } from '../compiled/compiled-path.ts'
import type { SubgraphRuntime } from '../runtime.ts'
import { statementName } from '../session.ts'
import type { Turns } from '../turns.ts'
import { compileImpersonal } from './compile-impersonal.ts'
import { type ReadRow, runImpersonal } from './run-impersonal.ts'
import type { ImpersonalFetch } from './types.ts'

/** Texts that the server keeps as plans, once they are used so often. */
const mostPlanned = 300
const usesOfPlanned = 3

/**
 * The path of fetches that speak of nobody (units, codes, figures): without graphql's executor, a promise a field or a
 * transaction. What it can't answer whole (a refusal, an error in a value, a row that is not there) the plain path does.
 */
export function createImpersonalPath(
  runtime: SubgraphRuntime,
  schema: GraphQLSchema,
  pool: Pool,
  turn: Turns,
): CompiledPath {
  const known = new WeakMap<DocumentNode, { fetch: ImpersonalFetch | null }>()
  const uses = new Map<string, number>()
  const nameOf = (text: string): { name?: string } => {
    const used = (uses.get(text) ?? 0) + 1
    if (uses.has(text) || uses.size < mostPlanned) uses.set(text, used)
    return used >= usesOfPlanned ? { name: statementName(text) } : {}
  }
  /** What is asked for by the same words until a statement is sent, by whatever requests, is read once. */
  const gathering = new Map<string, (key: string) => Promise<ReadRow[]>>()
  const readTogether = (text: string, values: readonly unknown[]): Promise<ReadRow[]> => {
    const key = JSON.stringify([text, values])
    const ofAll = async (asks: readonly string[]): Promise<ReadRow[][]> => {
      const { rows } = await turn(() => pool.query<ReadRow>({ ...nameOf(text), text, values: [...values] }))
      return asks.map(() => rows)
    }
    const ask = gathering.get(key) ?? createAskedTogether(ofAll, () => gathering.delete(key))
    gathering.set(key, ask)
    return ask(key)
  }

  return async (document, given, { context, verdictFor }) => {
    const { fetch } = known.get(document) ?? { fetch: compileImpersonal(runtime, schema, document) }
    known.set(document, { fetch })
    if (fetch === null) return null
    let trouble: Error | null = null
    const read = (text: string, values: readonly unknown[]): Promise<ReadRow[]> =>
      readTogether(text, values).catch((error: Error) => {
        trouble = troubleOf(error)
        throw error
      })
    try {
      const { coerced: variables } = getVariableValues(schema, fetch.variables, given)
      const { representations } = given
      if (variables === undefined) return null
      return await runImpersonal({ fetch, variables, representations, context, verdictFor, read })
    } catch {
      if (trouble !== null) throw trouble
      return null
    }
  }
}
