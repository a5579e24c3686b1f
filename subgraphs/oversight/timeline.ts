import { createPseudonyms } from '../kit/log/pseudonym.ts'
import { pageSizeFrom } from '../kit/cursor.ts'
import type { Row, SubgraphContext } from '../kit/types.ts'
import { pageOf } from './page.ts'
import { positionFromText } from './position.ts'
import { accessEvent } from './tables.ts'

/**
 * Who looked at a citizen's data, newest first. Delayed entries are as if they were not there until their day, and a
 * representative never gets the protective ones: neither page, count, cursor nor order tells of them.
 */
export async function timeline(
  citizen: Row,
  args: Record<string, unknown>,
  context: SubgraphContext,
): Promise<unknown> {
  const { services, principal } = context
  const size = pageSizeFrom(args['first'])
  const cursors = context.gate.cursors('Citizen.accessHistory', { ...args, citizen: citizen.key })
  const after = typeof args['after'] === 'string' ? positionFromText(cursors.open(args['after'])) : null
  const isOwn = principal.personalId === citizen.key
  const subject = createPseudonyms(services.keys.pseudonym).subject(citizen.key)
  const { rows } = await services.pool.query<{ key: string; at: string }>({
    name: 'timeline',
    text: 'select key, at from timeline($1, $2, $3, $4, $5, $6)',
    values: [subject, isOwn, services.clock(), after?.at ?? null, after?.key ?? null, size + 1],
  })
  const about = {
    persons: [citizen.key],
    personsByField: { subject: [citizen.key] },
    place: [],
    when: null,
    exists: true,
  }
  return pageOf(rows, size, after !== null, cursors, ({ key }) => ({
    ...about,
    __typename: 'AccessEvent',
    table: accessEvent,
    key,
  }))
}
