import type { DisclosureEntry, DisclosureRecord } from '../types.ts'
import { canonicalJson } from './canonical-json.ts'
import type { Json } from './canonical-json.ts'
import type { LogPolicy } from './log-policy.ts'
import type { Pseudonyms } from './pseudonym.ts'
import { recordId } from './record-id.ts'
import { isLevel, retentionFromLevels } from './retention.ts'
import { revealAfter } from './reveal-after.ts'

/** A record ready to be given its counter: everything but `writer` and `counter`, and no person's number in it. */
export type RecordContent = { readonly [member: string]: Json }

const outcomes: readonly string[] = ['ALLOW', 'MASK', 'VERIFY_ONLY', 'AGGREGATE_ONLY', 'DENY']
const mostEntries = 0xffff

/**
 * What of a disclosure record is kept. Persons become pseudonyms, text a client chose is scrubbed of numbers. Throws a
 * TypeError for a record that the database would refuse, so that it fails alone and not with those it would share a
 * commit with.
 */
export function contentFromRecord(record: DisclosureRecord, pseudonyms: Pseudonyms, policy: LogPolicy): RecordContent {
  const { principal, at } = record
  if (record.entries.length > mostEntries) throw new TypeError('a disclosure record has at most 65535 entries')
  const levels = record.entries.map(({ level }) => {
    if (!isLevel(level)) throw new TypeError('a disclosure entry has a level from L0 to L5')
    return level
  })
  const scrub = (text: string | null): string | null => (text === null ? null : pseudonyms.scrub(text))
  return {
    v: 1,
    id: recordId(retentionFromLevels(levels), at),
    at: at.toISOString(),
    // Made by the gateway and random; anything else would be a client's.
    trace: /^[0-9a-f-]{32,36}$/.test(record.traceId) ? record.traceId : pseudonyms.scrub(record.traceId),
    request: pseudonyms.scrub(record.requestId),
    service: record.writer,
    caller: {
      kind: principal.kind,
      organisation: principal.org,
      unit: principal.unit,
      roles: principal.roles,
      app: scrub(principal.clientId),
      actor: principal.actor === null ? null : pseudonyms.staff(principal.org, principal.actor),
      staff: principal.kind === 'NOBODY' ? null : pseudonyms.staff(principal.org, principal.sub),
      accountLevel: principal.accountLevel,
      authnLevel: principal.authnLevel,
    },
    purpose: principal.purpose,
    case: scrub(principal.caseNumber),
    operation: scrub(record.operation),
    bundle: record.bundleHash,
    schema: record.schemaHash,
    entries: record.entries.map((entry) => contentFromEntry(entry, at, pseudonyms, policy)),
  }
}

function contentFromEntry(entry: DisclosureEntry, at: Date, pseudonyms: Pseudonyms, policy: LogPolicy): Json {
  if (!outcomes.includes(entry.outcome)) throw new TypeError('a disclosure entry has one of the five outcomes')
  return {
    subject: entry.subject === null ? null : pseudonyms.subject(entry.subject),
    coordinates: entry.coordinates,
    outcome: entry.outcome,
    code: entry.code,
    level: entry.level,
    rule: entry.rule,
    basis: entry.basis,
    citation: entry.citation,
    consentId: entry.consentId,
    consentVersion: entry.consentVersion,
    case: entry.caseNumber === null ? null : pseudonyms.scrub(entry.caseNumber),
    revealAfter: revealAfter(entry.basis, at, entry.revealAfter ?? null, policy)?.toISOString() ?? null,
    protective: entry.protective ?? false,
  }
}

/** The canonical text that is signed, hashed and stored: the content with its writer and the writer's own counter. */
export function bodyFromContent(content: RecordContent, writer: string, counter: number): string {
  return canonicalJson({ ...content, writer, counter })
}
