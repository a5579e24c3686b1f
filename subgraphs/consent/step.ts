import type { PoolClient } from 'pg'
import type { SubgraphContext } from '../kit/types.ts'
import { recordEvent } from './record-event.ts'
import type { Standing } from './standing.ts'

/**
 * Takes one step of the state machine in a person's name, with its record. Gives the new version. The database refuses a
 * step that its state, the person or the time does not allow.
 */
export async function takeStep(
  client: PoolClient,
  context: SubgraphContext,
  standing: Standing,
  step: { operation: string; state: 'GRANTED' | 'REFUSED' | 'RESTRICTED' | 'REVOKED'; coordinates?: readonly string[] },
): Promise<number> {
  const { id, subject, citizen, role } = standing
  const { rows } = await client.query<{ version: number; coordinates: string[]; sensitive: string[] }>(
    `insert into consent_version (consent_id, state, actor, actor_person, actor_app, coordinates)
     values ($1, $2, $3, $4, $5, $6) returning version, coordinates, sensitive`,
    [id, step.state, role, citizen.personalId, citizen.clientId, step.coordinates ?? null],
  )
  const { version = 0, coordinates = [], sensitive = [] } = rows[0] ?? {}
  const level = sensitive.length > 0 ? 'L3' : 'L2'
  await recordEvent(client, context, {
    operation: step.operation,
    subjects: [subject],
    coordinates,
    level,
    consentId: id,
    version,
  })
  return version
}
