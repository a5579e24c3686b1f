import type { PoolClient } from 'pg'
import { inTransaction } from '../kit/postgres/in-transaction.ts'
import type { Row, SubgraphContext } from '../kit/types.ts'
import { userErrorFrom, type UserError } from './user-error.ts'

/** What every mutation answers: the thing it changed under its own name, or why it changed nothing. */
export type Payload = Readonly<Record<string, unknown>> & { errors: readonly UserError[] }

export type Work = (
  client: PoolClient,
  args: Record<string, unknown>,
  context: SubgraphContext,
) => Promise<Readonly<Record<string, unknown>>>

/**
 * A mutation as one transaction: what `work` changed and recorded is committed together or not at all. A refusal is a
 * value in `errors`; any other failure rejects. The answer is built after the commit.
 */
export function mutation(work: Work) {
  return async (_parent: Row | null, args: Record<string, unknown>, context: SubgraphContext): Promise<Payload> => {
    const client = await context.services.pool.connect()
    let broken: Error | undefined
    try {
      const changed = await inTransaction(client, () => work(client, args, context))
      return { ...changed, errors: [] }
    } catch (error) {
      const userError = userErrorFrom(error)
      if (userError !== null) return { errors: [userError] }
      broken = error instanceof Error ? error : new Error('the change failed')
      throw broken
    } finally {
      // A connection that failed otherwise than by a refusal is not given back.
      client.release(broken)
    }
  }
}
