import type { ClientBase } from 'pg'
import type { SubgraphContext } from '../kit/types.ts'

/** What changed: a consent (with the version that says so) or a case. */
export type ConsentEvent = {
  /** The mutation. */
  operation: string
  subjects: readonly string[]
  coordinates: readonly string[]
  level: 'L2' | 'L3'
} & ({ consentId: string; version: number } | { caseNumber: string })

/**
 * Writes the record of a change in the change's own transaction; the database refuses a change without it. The token
 * is left out: it is nobody's to keep.
 */
export async function recordEvent(client: ClientBase, context: SubgraphContext, event: ConsentEvent): Promise<void> {
  const { principal, requestId } = context
  const about = 'consentId' in event ? [event.consentId, event.version, null] : [null, null, event.caseNumber]
  await client.query(
    `insert into consent_event (operation, request_id, principal, subjects, coordinates, level, consent_id, consent_version, case_number)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      event.operation,
      requestId,
      JSON.stringify({ ...principal, token: null }),
      event.subjects,
      event.coordinates,
      event.level,
      ...about,
    ],
  )
}
