import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { CompactSign } from 'jose'
import type { SigningKey } from '../config/key-text.ts'
import { evidenceReadme } from './evidence-readme.ts'
import { tarGz } from './tar-gz.ts'

/** `typ` of the manifest's signature. */
export const manifestType = 'vn-graph-evidence'

/**
 * One archive that proves its own content: MANIFEST holds the SHA-256 of every file as `sha256sum` writes it, MANIFEST.jws
 * is the manifest signed with Ed25519 (RFC 7515, RFC 8037), keys/manifest.pem the public key, README.md how to verify with
 * sha256sum and openssl alone; verify.mjs does it, and more, with Node alone. Throws where a file has one of these names.
 */
export async function evidencePack(
  content: ReadonlyMap<string, string | Uint8Array>,
  key: SigningKey,
  at: Date,
): Promise<Buffer> {
  const own = new Map([
    ['README.md', evidenceReadme(key.kid, at)],
    ['verify.mjs', readFileSync(new URL('verify.mjs', import.meta.url), 'utf8')],
    ['keys/manifest.pem', key.publicKey.export({ type: 'spki', format: 'pem' }).toString()],
  ])
  const taken = [...own.keys(), 'MANIFEST', 'MANIFEST.jws'].find((name) => content.has(name))
  if (taken !== undefined) throw new Error(`${taken} is the archive's own`)
  const files = new Map<string, Uint8Array>(
    [...own, ...content]
      .map(([name, text]) => [name, typeof text === 'string' ? Buffer.from(text) : text] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  )
  const lines = [...files].map(([name, bytes]) => `${createHash('sha256').update(bytes).digest('hex')}  ${name}\n`)
  const manifest = Buffer.from(lines.join(''))
  const header = { alg: 'EdDSA', typ: manifestType, kid: key.kid }
  const jws = await new CompactSign(manifest).setProtectedHeader(header).sign(key.privateKey)
  return tarGz(new Map([...files, ['MANIFEST', manifest], ['MANIFEST.jws', Buffer.from(jws)]]), at)
}
