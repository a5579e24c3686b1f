import type { KeyObject } from 'node:crypto'
import { CompactSign, compactVerify } from 'jose'
import { z } from 'zod'
import { canonicalJson } from './canonical-json.ts'
import { isHash, isSignature } from './encoded.ts'
import type { KeySet } from './key-set.ts'

/** So many leaves of the log had this root at this time (RFC 9162 Section 4.10). */
export type LogHead = { size: number; root: string; at: string }

/** A witness saw this head, and that it follows all it saw before. */
export type Cosignature = LogHead & { seenAt: string }

/** Whoever signs: the log, or a witness. */
export type HeadSigner = { kid: string; privateKey: KeyObject }

const hash = z.string().refine(isHash)
const head = z.strictObject({ size: z.int().min(1), root: hash, at: z.iso.datetime() })
const cosignature = head.extend({ seenAt: z.iso.datetime() })

// What a key of the log signs besides must not be taken for a head: the type says what each is.
const headType = 'log-head+json'
const cosignatureType = 'log-cosignature+json'

/** The head as a compact JWS (RFC 7515, EdDSA by RFC 8037). */
export function signHead({ size, root, at }: LogHead, signer: HeadSigner): Promise<string> {
  return signed({ size, root, at }, headType, signer)
}

/** What a head states, where its signature is that of a key of the set; null for anything else. Never rejects. */
export async function openHead(token: string, keys: KeySet): Promise<LogHead | null> {
  return head.safeParse(await opened(token, headType, keys)).data ?? null
}

/** A witness's signature on a head, as a compact JWS. */
export function cosign({ size, root, at, seenAt }: Cosignature, signer: HeadSigner): Promise<string> {
  return signed({ size, root, at, seenAt }, cosignatureType, signer)
}

/** What a witness's signature states, or null. Never rejects. */
export async function openCosignature(token: string, keys: KeySet): Promise<Cosignature | null> {
  return cosignature.safeParse(await opened(token, cosignatureType, keys)).data ?? null
}

function signed(payload: Cosignature | LogHead, typ: string, { kid, privateKey }: HeadSigner): Promise<string> {
  return new CompactSign(Buffer.from(canonicalJson(payload), 'utf8'))
    .setProtectedHeader({ alg: 'EdDSA', kid, typ })
    .sign(privateKey)
}

async function opened(token: string, typ: string, keys: KeySet): Promise<unknown> {
  if (!isSignature(token.slice(token.lastIndexOf('.') + 1))) return null
  try {
    const keyOf = ({ kid }: { kid?: string | undefined }): KeyObject => {
      const key = keys.get(kid ?? '')
      if (key === undefined) throw new Error('no such key')
      return key
    }
    const { payload, protectedHeader } = await compactVerify(token, keyOf, { algorithms: ['EdDSA'] })
    return protectedHeader.typ === typ ? JSON.parse(Buffer.from(payload).toString('utf8')) : null
  } catch {
    return null
  }
}
