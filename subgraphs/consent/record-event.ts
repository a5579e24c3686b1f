import type { ClientBase } from 'pg'
import type { SubgraphContext } from '../kit/types.ts'

/** What changed: a consent (with the version that says so), a case, or an approval of what a case opens. */
export type ConsentEvent = {
  /** The mutation. */
  operation: string
  subjects: readonly string[]
  coordinates: readonly string[]
  level: 'L2' | 'L3' | 'L4'
} & ({ consentId: string; version: number } | { caseNumber: string; approvalId?: string })

/**
 * Writes the record of a change in the change's own transaction; the database refuses a change without it. The token
 * is left out: it is nobody's to keep.
 */
export async function recordEvent(client: ClientBase, context: SubgraphContext, event: ConsentEvent): Promise<void> {
  const { principal, requestId } = context
  const about =
    'consentId' in event
      ? [event.consentId, event.version, null, null]
      : [null, null, event.caseNumber, event.approvalId ?? null]
  await client.query(
    `insert into consent_event (operation, request_id, principal, subjects, coordinates, level, consent_id, consent_version, case_number, approval_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
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
