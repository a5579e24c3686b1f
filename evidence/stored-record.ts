import { isCanonical } from './canonical-json.ts'
import type { Json } from './canonical-json.ts'
import { leafHash } from './merkle/hashes.ts'
import { recordTime } from './record-time.ts'
import { entryHash } from './statement.ts'
import type { Statement } from './statement.ts'

/** A record as it is stored and exported; `body` is null and there are no entries once its time has passed. */
export type StoredRecord = Omit<Statement, 'at'> & {
  /** base64url */
  signature: string
  /** The canonical JSON whose hash is the leaf. */
  body: string | null
  /** The canonical JSON of each entry whose hash stands in the body; null for one that is not shown here. */
  entries: readonly (string | null)[]
}

/** What is wrong with a record itself. */
export type RecordFault = 'CHANGED_RECORD' | 'NOT_CANONICAL' | 'MISPLACED_RECORD' | 'CHANGED_ENTRY'

/**
 * Checks what a record shows against its leaf hash and place: the body hashes to the leaf, is the one canonical text of
 * what it says, and says this id, writer, counter and time; every entry shown is the one the body names, and none is
 * missing from the list. Gives the first fault. Whether leaf and place are the writer's, its signature says.
 */
export function faultOfRecord({ record, leaf, writer, counter, body, entries }: StoredRecord): RecordFault | null {
  if (body === null) return entries.length === 0 ? null : 'CHANGED_ENTRY'
  if (leafHash(body).toString('base64url') !== leaf) return 'CHANGED_RECORD'
  const value = jsonFrom(body)
  if (value === undefined || !isCanonical(body, value)) return 'NOT_CANONICAL'
  const said = value as { readonly [member: string]: Json }
  const isPlaced = said['id'] === record && said['writer'] === writer && said['counter'] === counter
  if (!isPlaced || said['at'] !== timeOf(record)) return 'MISPLACED_RECORD'
  const hashes = said['entries']
  if (!Array.isArray(hashes) || hashes.length !== entries.length) return 'CHANGED_ENTRY'
  const isSame = entries.every((entry, index) => entry === null || entryHash(entry) === hashes[index])
  return isSame ? null : 'CHANGED_ENTRY'
}

/** The statement its writer signed; its time is the id's. */
export function statementOf({ record, leaf, writer, counter, previous }: StoredRecord): Statement {
  return { record, leaf, writer, counter, at: timeOf(record), previous }
}

function timeOf(record: string): string {
  return recordTime(record).toISOString()
}

function jsonFrom(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}
