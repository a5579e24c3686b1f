import { leafHash } from '../../../evidence/merkle/hashes.ts'
import type { DisclosureReceipt } from '../../../policy/disclosure.ts'
import type { Keys } from '../types.ts'
import { bodyFromContent } from './record-body.ts'
import type { RecordContent } from './record-body.ts'
import { linkFrom, signStatement, statementText } from '../../../evidence/statement.ts'

/** How far a writer has got: its last counter, and what its next statement names as `previous`. */
export type Chain = { counter: number; link: string | null }

/** A writer before its first record. */
export const newChain: Chain = { counter: 0, link: null }

/** A record as it is stored, the receipt for whoever gets the answer, and how far the writer has got with it. */
export type SignedRecord = {
  body: string
  entries: readonly string[]
  signature: Buffer
  receipt: DisclosureReceipt
  chain: Chain
}

/** Gives a record its place behind those the writer has signed already. One signature: the receipt carries the same. */
export function signRecord(
  content: RecordContent,
  writer: { name: string; keys: Keys['signing'] },
  { counter, link }: Chain,
): SignedRecord {
  const next = counter + 1
  const body = bodyFromContent(content, writer.name, next)
  const leaf = leafHash(body).toString('base64url')
  const statement = { record: content.id, leaf, writer: writer.name, counter: next, at: content.at, previous: link }
  const text = statementText(statement)
  const signature = signStatement(text, writer.keys.privateKey)
  const written = signature.toString('base64url')
  return {
    body,
    entries: content.entries,
    signature,
    receipt: { ...statement, keyId: writer.keys.kid, signature: written },
    chain: { counter: next, link: linkFrom(text, written) },
  }
}
