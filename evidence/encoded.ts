/** 32 and 64 bytes in base64url (RFC 4648 Section 5), in the one form that has no bits left over: no two texts mean the same. */
const hash = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/
const signature = /^[A-Za-z0-9_-]{85}[AQgw]$/

/** True for a SHA-256 as it is written here. */
export function isHash(text: string): boolean {
  return hash.test(text)
}

/** True for an Ed25519 signature as it is written here. */
export function isSignature(text: string): boolean {
  return signature.test(text)
}
