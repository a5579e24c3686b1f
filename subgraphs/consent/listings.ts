import { pageSizeFrom } from '../kit/cursor.ts'
import type { Row, SubgraphContext, Table } from '../kit/types.ts'
import { rowOf } from './rows.ts'
import { approvalRequest, consentRequest, emergencyReport } from './tables.ts'

type Args = Record<string, unknown>
type Listed = {
  coordinate: string
  table: Table
  text: string
  values: (context: SubgraphContext) => readonly unknown[]
}

/**
 * One page of what a caller may list here, oldest first, all states or one. `text` gives keys as `id` by $1 (after this
 * key), $2 (state) and $3 (so many at most); the caller's own values follow.
 */
const listing =
  ({ coordinate, table, text, values }: Listed) =>
  async (_parent: Row | null, args: Args, context: SubgraphContext): Promise<unknown> => {
    const size = pageSizeFrom(args['first'])
    const state = typeof args['state'] === 'string' ? args['state'] : null
    const cursors = context.gate.cursors(coordinate, args)
    const after = typeof args['after'] === 'string' ? cursors.open(args['after']) : null
    const { rows } = await context.services.pool.query<{ id: string }>(text, [
      after,
      state,
      size + 1,
      ...values(context),
    ])
    const nodes = rows.slice(0, size).map(({ id }) => rowOf(table, id))
    const edges = nodes.map((node) => ({ cursor: cursors.seal(node.key), node }))
    const pageInfo = {
      hasNextPage: rows.length > size,
      hasPreviousPage: after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    }
    return { nodes, edges, pageInfo }
  }

/** Whoever acts for a citizen is of no organisation here. */
const ownOrg = ({ principal: { org, actor } }: SubgraphContext): string | null => (actor === null ? org : null)

/** The consent requests that the caller's organisation made. */
export const ownRequests = listing({
  coordinate: 'Query.consentRequests',
  table: consentRequest,
  text: `select c.id from consent_now c
          where c.grantee_org = $4 and ($1::uuid is null or c.id > $1) and ($2::text is null or c.state = $2)
          order by c.id limit $3`,
  values: (context) => [ownOrg(context)],
})

/** The requests for approval of the caller's organisation: all of them for who approves, else those the caller made. */
export const approvalRequests = listing({
  coordinate: 'Query.approvalRequests',
  table: approvalRequest,
  text: `select a.id from approval_now a
          where a.org = $4 and ($5::text is null or a.requested_by = $5)
            and ($1::uuid is null or a.id > $1) and ($2::text is null or a.state = $2)
          order by a.id limit $3`,
  values: (context) => [ownOrg(context), context.principal.purpose === 'CASE_APPROVAL' ? null : context.principal.sub],
})

/** Every emergency that was declared, for the reviewer. */
export const emergencies = listing({
  coordinate: 'Query.emergencies',
  table: emergencyReport,
  text: `select e.case_number as id from emergency_now e
          where ($1::text is null or e.case_number > $1) and ($2::text is null or e.state = $2)
          order by e.case_number limit $3`,
  values: () => [],
})
