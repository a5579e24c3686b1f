import { z } from 'zod'
import { isHash, isSignature } from './encoded.ts'
import type { KeySet } from './key-set.ts'
import { openHead } from './log-head.ts'
import type { LogHead } from './log-head.ts'
import { isIncluded } from './merkle/verify-proofs.ts'
import { isRecordId } from './record-time.ts'
import { isSignatureOf, statementText } from './statement.ts'
import { faultOfRecord, statementOf } from './stored-record.ts'
import type { StoredRecord } from './stored-record.ts'

/** One record with all that shows that it is in the log: small enough to hand to anybody. */
export type LogProof = {
  version: 1
  record: StoredRecord
  /** The key the writer signed with. */
  keyId: string
  leafIndex: number
  path: readonly string[]
  /** The head the path leads to, as it was signed. */
  head: string
}

const hash = z.string().refine(isHash)
const proof = z.strictObject({
  version: z.literal(1),
  record: z.strictObject({
    record: z.string().refine(isRecordId),
    leaf: hash,
    writer: z.string(),
    counter: z.int().min(1),
    previous: hash.nullable(),
    signature: z.string().refine(isSignature),
    body: z.string().nullable(),
    entries: z.array(z.string().nullable()),
  }),
  keyId: z.string(),
  leafIndex: z.int().min(0),
  path: z.array(hash).max(64),
  head: z.string(),
})

/** What a proof shows, or the first thing in it that does not hold. */
export type ProofVerdict =
  | { holds: true; proof: LogProof; head: LogHead }
  | {
      holds: false
      fault: 'NOT_A_PROOF' | 'UNKNOWN_KEY' | 'BAD_SIGNATURE' | 'BAD_HEAD' | 'NOT_INCLUDED' | RecordFaultKind
    }
type RecordFaultKind = NonNullable<ReturnType<typeof faultOfRecord>>

/** Checks a proof from the published keys alone. Never rejects. */
export async function checkProof(text: string, keys: KeySet): Promise<ProofVerdict> {
  const given = read(text)
  if (given === null) return { holds: false, fault: 'NOT_A_PROOF' }
  const { record, keyId, leafIndex, path } = given
  const changed = faultOfRecord(record)
  if (changed !== null) return { holds: false, fault: changed }
  const key = keys.get(keyId)
  if (key === undefined) return { holds: false, fault: 'UNKNOWN_KEY' }
  if (!isSignatureOf(statementText(statementOf(record)), bytes(record.signature), key))
    return { holds: false, fault: 'BAD_SIGNATURE' }
  const head = await openHead(given.head, keys)
  if (head === null) return { holds: false, fault: 'BAD_HEAD' }
  const tree = { size: head.size, root: bytes(head.root) }
  if (!isIncluded(bytes(record.leaf), leafIndex, path.map(bytes), tree)) return { holds: false, fault: 'NOT_INCLUDED' }
  return { holds: true, proof: given, head }
}

function read(text: string): LogProof | null {
  try {
    return proof.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

function bytes(text: string): Buffer {
  return Buffer.from(text, 'base64url')
}
