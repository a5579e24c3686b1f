/** What is written down of every answer and refusal: never a value. */
import type { Statement } from '../evidence/statement.ts'
import type { Outcome, Principal, RowFacts } from './types.ts'

/** Durable before the promise resolves, with a receipt where the log gives one; rejects when it can't be. */
export type DisclosureLog = { append: (record: DisclosureRecord) => Promise<DisclosureReceipt | void> }

/**
 * What a writer signed of a record, with its signature (Ed25519, base64url): whoever holds it can show that the record
 * must be in the log.
 */
export type DisclosureReceipt = Statement & { keyId: string; signature: string }

/** One subgraph request (or one refusal at the gateway). Never holds a value. */
export type DisclosureRecord = {
  traceId: string
  requestId: string
  /** Subgraph name, or 'gateway'. */
  writer: string
  at: Date
  principal: Principal
  operation: string | null
  bundleHash: string
  schemaHash: string
  entries: readonly DisclosureEntry[]
}

/** One verdict shared by some fields of one subject. `subject` is a personal number here; the log keeps a pseudonym. */
export type DisclosureEntry = {
  subject: string | null
  coordinates: readonly string[]
  outcome: Outcome
  code: string | null
  level: string
  rule: string
  basis: string | null
  citation: string
  consentId: string | null
  consentVersion: number | null
  caseNumber: string | null
  /** What the verdict rests on, so that it can be decided again; absent where no rule decided (a change, a refused purpose). */
  facts?: readonly DecidedOn[]
  /** The subject's timeline shows the entry only from then on; basis 19.1.b gets a date from log-policy.yaml anyway. */
  revealAfter?: Date | null
  /** Left out of what a representative sees of the subject's timeline. */
  protective?: boolean
}

/** What was known of the row when these fields were decided; `UNKNOWN` where it was decided before the row was known. */
export type DecidedOn = { coordinates: readonly string[]; row: RowFacts }
