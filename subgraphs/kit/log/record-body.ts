import { randomBytes } from 'node:crypto'
import type { DisclosureEntry, DisclosureRecord } from '../types.ts'
import { canonicalJson } from '../../../evidence/canonical-json.ts'
import type { Json } from '../../../evidence/canonical-json.ts'
import { entryHash } from '../../../evidence/statement.ts'
import type { LogPolicy } from './log-policy.ts'
import type { Pseudonyms } from './pseudonym.ts'
import { recordId } from './record-id.ts'
import { isLevel, retentionFromLevels } from './retention.ts'
import { revealAfter } from './reveal-after.ts'

/** A record ready to be given its writer's counter, with no person's number in it. */
export type RecordContent = {
  id: string
  at: string
  /** The members of its canonical JSON but `writer` and `counter`, each already as text. */
  members: readonly (readonly [member: string, text: string])[]
  /** The canonical JSON of each entry, whose hash stands in the body. */
  entries: readonly string[]
}

const outcomes: readonly string[] = ['ALLOW', 'MASK', 'VERIFY_ONLY', 'AGGREGATE_ONLY', 'DENY']
const mostEntries = 0xffff
const saltBytes = 16
const text = canonicalJson

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
  const reveal = revealAfter(record, policy)?.toISOString() ?? null
  // As with the date: what stands beside a protective entry of the same person would tell of it.
  const guarded = new Set(record.entries.filter((entry) => entry.protective).map(({ subject }) => subject))
  const subjects = new Map<string, string>()
  const pseudonymOf = (subject: string): string => {
    const known = subjects.get(subject) ?? pseudonyms.subject(subject)
    subjects.set(subject, known)
    return known
  }
  const verdictText = createVerdictText()
  const salts = randomBytes(saltBytes * record.entries.length)
  const entries = record.entries.map((entry, index) => {
    if (!outcomes.includes(entry.outcome)) throw new TypeError('a disclosure entry has one of the five outcomes')
    const verdict = verdictText(entry)
    const salt = salts.toString('base64url', index * saltBytes, (index + 1) * saltBytes)
    const subject = entry.subject === null ? null : pseudonymOf(entry.subject)
    // By name: the one order that canonical JSON has.
    return (
      `{"basis":${text(entry.basis)},"case":${text(scrub(entry.caseNumber))},"citation":${text(entry.citation)},` +
      `"code":${text(entry.code)},"consentId":${text(entry.consentId)},"consentVersion":${text(entry.consentVersion)},` +
      `${verdict},"protective":${guarded.has(entry.subject)},"revealAfter":${text(reveal)},` +
      `"rule":${text(entry.rule)},"salt":"${salt}","subject":${text(subject)}}`
    )
  })
  const content = {
    v: 3,
    id: recordId(retentionFromLevels(levels), at),
    at: at.toISOString(),
    // Made by the gateway and random; anything else would be a client's.
    trace: /^[0-9a-f-]{32,36}$/.test(record.traceId) ? record.traceId : pseudonyms.scrub(record.traceId),
    request: pseudonyms.scrub(record.requestId),
    service: record.writer,
    caller: {
      kind: principal.kind,
      organisation: principal.org,
      organisationKind: principal.orgKind,
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
    entries: entries.map(entryHash),
  } satisfies { [member: string]: Json }
  const members = Object.entries(content).map(([member, value]) => [member, canonicalJson(value)] as const)
  return { id: content.id, at: content.at, members, entries }
}

/**
 * Text of the members between `consentVersion` and `protective`: which fields, on what facts, with what outcome. Lists that
 * entries share are written once. Facts without coordinates are those of all of the entry's.
 */
function createVerdictText(): (entry: DisclosureEntry) => string {
  const made = new Map<DisclosureEntry['facts'], { coordinates: readonly string[]; lists: string }>()
  return ({ coordinates, facts, level, outcome }) => {
    const known = made.get(facts)
    const lists = known?.coordinates === coordinates ? known.lists : listsText(coordinates, facts ?? [])
    made.set(facts, { coordinates, lists })
    return `${lists},"level":${text(level)},"outcome":${text(outcome)}`
  }
}

function listsText(coordinates: readonly string[], facts: NonNullable<DisclosureEntry['facts']>): string {
  const all = text(coordinates)
  const decided = facts.map((one) => text(text(one.coordinates) === all ? { row: one.row } : one))
  return `"coordinates":${all},"facts":[${decided.join(',')}]`
}

/** The canonical text (RFC 8785) that is signed, hashed and stored: the content with its writer and the writer's counter. */
export function bodyFromContent(content: RecordContent, writer: string, counter: number): string {
  const members = [
    ...content.members,
    ['counter', canonicalJson(counter)] as const,
    ['writer', canonicalJson(writer)] as const,
  ]
  const sorted = members.toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${sorted.map(([member, text]) => `${canonicalJson(member)}:${text}`).join(',')}}`
}
