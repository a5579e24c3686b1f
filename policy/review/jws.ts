import { compactVerify, CompactSign, decodeProtectedHeader } from 'jose'
import type { SigningKey, VerifyingKey } from '../../config/key-text.ts'

/** A text signed with Ed25519 as a compact JWS (RFC 7515, RFC 8037); `typ` keeps one use apart from another's. */
export async function signedText(text: string, key: SigningKey, typ: string): Promise<string> {
  const header = { alg: 'EdDSA', typ, kid: key.kid }
  return new CompactSign(new TextEncoder().encode(text)).setProtectedHeader(header).sign(key.privateKey)
}

/** The text that was signed and the key that did; null where no given key did, or for another use. */
export async function verifiedText(
  jws: string,
  keys: readonly VerifyingKey[],
  typ: string,
): Promise<{ text: string; kid: string } | null> {
  try {
    const { kid } = decodeProtectedHeader(jws)
    const key = keys.find((one) => one.kid === kid)
    if (key === undefined) return null
    const { payload, protectedHeader } = await compactVerify(jws, key.publicKey, { algorithms: ['EdDSA'] })
    return protectedHeader.typ === typ ? { text: new TextDecoder().decode(payload), kid: key.kid } : null
  } catch {
    return null
  }
}
