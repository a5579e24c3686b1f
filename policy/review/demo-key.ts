import { createHash } from 'node:crypto'
import { signingKeyFromText, type SigningKey } from '../../config/key-text.ts'

/** Head of an Ed25519 private key in PKCS#8 (RFC 8410 Section 7); the 32 bytes of the key follow. */
const pkcs8Head = '302e020100300506032b657004220420'

/**
 * The private key of a demonstration person: made from the name, so that whoever tries the project can approve as both
 * people. It proves nothing, and `demo: true` in policy/approvers.yaml says so.
 */
export function demoKey(name: string): SigningKey {
  const seed = createHash('sha256').update(`vn-national-graph demonstration key: ${name}`).digest('hex')
  const key = signingKeyFromText(Buffer.from(pkcs8Head + seed, 'hex').toString('base64'))
  if (key === null) throw new Error('no key comes of this name')
  return key
}
