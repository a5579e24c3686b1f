import { pageSizeFrom } from '../kit/cursor.ts'
import type { Row, SubgraphContext } from '../kit/types.ts'
import { consentRequest } from './tables.ts'
import { rowOf } from './rows.ts'

/** One page of the requests that the caller's organisation made, oldest first; empty for whoever has no organisation. */
export async function ownRequests(
  _parent: Row | null,
  args: Record<string, unknown>,
  context: SubgraphContext,
): Promise<unknown> {
  const size = pageSizeFrom(args['first'])
  const state = typeof args['state'] === 'string' ? args['state'] : null
  const cursors = context.gate.cursors('Query.consentRequests', args)
  const after = typeof args['after'] === 'string' ? cursors.open(args['after']) : null
  const { org, actor } = context.principal
  const { rows } = await context.services.pool.query<{ id: string }>(
    `select c.id from consent_now c
      where c.grantee_org = $1 and ($2::uuid is null or c.id > $2) and ($3::text is null or c.state = $3)
      order by c.id limit $4`,
    // Whoever acts for a citizen is no grantee.
    [actor === null ? org : null, after, state, size + 1],
  )
  const nodes = rows.slice(0, size).map(({ id }) => rowOf(consentRequest, id))
  const edges = nodes.map((node) => ({ cursor: cursors.seal(node.key), node }))
  const pageInfo = {
    hasNextPage: rows.length > size,
    hasPreviousPage: after !== null,
    startCursor: edges[0]?.cursor ?? null,
    endCursor: edges.at(-1)?.cursor ?? null,
  }
  return { nodes, edges, pageInfo }
}
