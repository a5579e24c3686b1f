import { setTimeout as pause } from 'node:timers/promises'
import type { PoolClient } from 'pg'
import type { DisclosureRecord } from '../../policy/disclosure.ts'
import type { Principal } from '../../policy/types.ts'
import type { SubgraphServices } from '../kit/types.ts'

type EventRow = {
  id: number
  event_id: string
  at: string
  operation: string
  request_id: string
  principal: Principal | null
  subjects: string[]
  coordinates: string[]
  level: 'L2' | 'L3' | 'L4'
  consent_id: string | null
  consent_version: number | null
  case_number: string | null
  approval_id: string | null
}

const betweenLooksMs = 250
const betweenEndingsMs = 60_000

/**
 * Ships the records of changes to the disclosure log in the order of their commits, one replica at a time, and ends what
 * is over. A record the log took is shipped; if this process dies in between, it is sent again under the same trace id
 * (the event's own), by which a reader knows it. Never rejects: what can't be done now is tried again.
 */
export async function relay(services: SubgraphServices, signal: AbortSignal): Promise<void> {
  let endedAt = Number.NEGATIVE_INFINITY
  while (!signal.aborted) {
    const now = services.clock().getTime()
    if (now - endedAt >= betweenEndingsMs) {
      endedAt = now
      await services.pool.query('select end_due(500)').catch(() => undefined)
    }
    const shipped = await shipEvents(services, signal).catch(() => 0)
    if (shipped === 0) await pause(betweenLooksMs, undefined, { signal }).catch(() => undefined)
  }
}

/** Ships what waits, at most a hundred records, and gives how many. Rejects when the database or the log is away. */
export async function shipEvents(services: SubgraphServices, signal?: AbortSignal): Promise<number> {
  const client = await services.pool.connect()
  let broken: Error | undefined
  try {
    const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [relayLock])
    if (rows[0]?.mine !== true) return 0
    try {
      return await shipWaiting(client, services, signal)
    } finally {
      await client.query('select pg_advisory_unlock($1)', [relayLock])
    }
  } catch (error) {
    broken = error instanceof Error ? error : new Error('the relay failed')
    throw broken
  } finally {
    client.release(broken)
  }
}

/** Any number, the same in every replica. */
const relayLock = 27_560

async function shipWaiting(client: PoolClient, services: SubgraphServices, signal?: AbortSignal): Promise<number> {
  const { rows } = await client.query<EventRow>(
    `select id, event_id, at, operation, request_id, principal, subjects, coordinates, level, consent_id, consent_version, case_number, approval_id
       from consent_event where id > (select coalesce(max(event), 0) from consent_event_shipped) order by id limit 100`,
  )
  let shipped = 0
  for (const event of rows) {
    if (signal?.aborted) break
    await services.log.append(recordFromEvent(event, services))
    await client.query('insert into consent_event_shipped (event) values ($1)', [event.id])
    shipped += 1
  }
  return shipped
}

/** A change as the disclosure log keeps it: whose data, which fields, by whom, on which ground. */
export function recordFromEvent(event: EventRow, services: Pick<SubgraphServices, 'graph'>): DisclosureRecord {
  const { basis, citation } = groundOf(event)
  return {
    traceId: event.event_id,
    requestId: event.request_id,
    writer: 'consent',
    at: new Date(event.at),
    principal: event.principal ?? theSystem,
    operation: event.operation,
    bundleHash: services.graph.bundleHash,
    schemaHash: services.graph.schemaHash,
    entries: event.subjects.map((subject) => ({
      subject,
      coordinates: event.coordinates,
      outcome: 'ALLOW',
      code: null,
      level: event.level,
      rule: `consent-${event.operation.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
      basis,
      citation,
      consentId: event.consent_id,
      consentVersion: event.consent_version,
      caseNumber: event.case_number,
    })),
  }
}

const grounds = {
  consent: { basis: 'CONSENT', citation: 'Luật 91/2025/QH15, Điều 9 và Điều 10' },
  case: { basis: '19.1.c', citation: 'Luật 91/2025/QH15, Điều 19 khoản 2' },
  approval: { basis: '19.2', citation: 'NĐ 356/2025/NĐ-CP, Điều 4 khoản 2' },
  emergency: { basis: '19.1.a', citation: 'Luật 91/2025/QH15, Điều 19 khoản 1 điểm a' },
  review: { basis: '19.2', citation: 'Luật 91/2025/QH15, Điều 19 khoản 2' },
} as const

function groundOf({ operation, case_number: caseNumber, approval_id: approvalId }: EventRow) {
  if (caseNumber === null) return grounds.consent
  if (approvalId !== null) return grounds.approval
  if (operation === 'declareEmergency') return grounds.emergency
  return operation === 'reviewEmergency' ? grounds.review : grounds.case
}

/** Who ends what is over. */
const theSystem: Principal = {
  kind: 'SYSTEM',
  sub: 'consent',
  personalId: null,
  org: 'BCA',
  orgKind: 'STATE_AGENCY',
  unit: null,
  roles: [],
  clientId: null,
  actor: null,
  jurisdiction: [],
  accountLevel: 0,
  authnLevel: 0,
  purpose: null,
  caseNumber: null,
  audience: 'consent',
  token: null,
}
