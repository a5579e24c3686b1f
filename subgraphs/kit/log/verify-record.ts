import type { KeyObject } from 'node:crypto'
import { canonicalJson } from './canonical-json.ts'
import type { Json } from './canonical-json.ts'
import { isSignatureOf, leafHash } from './signature.ts'

/** A record as it is exported: its canonical body, and the signature and leaf hash in base64url. */
export type ExportedRecord = { body: string; signature: string; keyId: string; leafHash: string }

/** What is wrong with a record, or a place in a writer's sequence where one is missing or doubled. */
export type RecordFault =
  | { kind: 'UNKNOWN_KEY' | 'BAD_SIGNATURE' | 'BAD_LEAF_HASH' | 'NOT_CANONICAL' | 'NOT_A_RECORD'; index: number }
  | { kind: 'REPEATED'; writer: string; counter: number }
  | { kind: 'GAP'; writer: string; from: number; until: number }

/** What a sound record says of its place. */
export type RecordPlace = { id: string; writer: string; counter: number; at: string }

/**
 * Checks one record by itself, with the published keys (key id -> public key) and nothing else: the signature, the leaf
 * hash, and that the body is the one canonical text of what it says. Gives its place, or the first fault.
 */
export function verifyRecord(
  record: ExportedRecord,
  keys: ReadonlyMap<string, KeyObject>,
  index = 0,
): { place: RecordPlace } | { fault: RecordFault } {
  const key = keys.get(record.keyId)
  if (key === undefined) return { fault: { kind: 'UNKNOWN_KEY', index } }
  if (!isSignatureOf(record.body, Buffer.from(record.signature, 'base64url'), key)) {
    return { fault: { kind: 'BAD_SIGNATURE', index } }
  }
  if (leafHash(record.body).toString('base64url') !== record.leafHash)
    return { fault: { kind: 'BAD_LEAF_HASH', index } }
  const value = jsonOf(record.body)
  if (value === undefined || canonicalJson(value) !== record.body) return { fault: { kind: 'NOT_CANONICAL', index } }
  const place = placeOf(value)
  return place === null ? { fault: { kind: 'NOT_A_RECORD', index } } : { place }
}

/**
 * Checks records of any number of writers, in any order: each by itself, and that every writer's counters run from 1 (or
 * from `since`, writer -> last counter that an earlier export ended with) without a gap or a repetition. What is missing
 * after a writer's last record only a tree head or a later record shows. Gives every fault; none means sound.
 */
export function verifyRecords(
  records: Iterable<ExportedRecord>,
  keys: ReadonlyMap<string, KeyObject>,
  since: ReadonlyMap<string, number> = new Map(),
): RecordFault[] {
  const faults: RecordFault[] = []
  const counters = new Map<string, number[]>()
  let index = 0
  for (const record of records) {
    const verdict = verifyRecord(record, keys, index)
    index += 1
    if ('fault' in verdict) {
      faults.push(verdict.fault)
      continue
    }
    const { writer, counter } = verdict.place
    const found = counters.get(writer)
    if (found === undefined) counters.set(writer, [counter])
    else found.push(counter)
  }
  for (const [writer, found] of counters) faults.push(...faultsOfSequence(writer, found, since.get(writer) ?? 0))
  return faults
}

function faultsOfSequence(writer: string, found: readonly number[], last: number): RecordFault[] {
  const faults: RecordFault[] = []
  let expected = last + 1
  for (const counter of found.toSorted((a, b) => a - b)) {
    if (counter < expected) faults.push({ kind: 'REPEATED', writer, counter })
    if (counter > expected) faults.push({ kind: 'GAP', writer, from: expected, until: counter - 1 })
    expected = Math.max(expected, counter + 1)
  }
  return faults
}

function jsonOf(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

function placeOf(value: Json): RecordPlace | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const { id, writer, counter, at } = value as { readonly [member: string]: Json }
  const isPlace =
    typeof id === 'string' && typeof writer === 'string' && typeof counter === 'number' && typeof at === 'string'
  return isPlace && Number.isSafeInteger(counter) && counter > 0 ? { id, writer, counter, at } : null
}
