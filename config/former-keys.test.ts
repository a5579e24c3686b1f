import { createPublicKey } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { keysFromJwks } from '../evidence/key-set.ts'
import { openHead, signHead } from '../evidence/log-head.ts'
import { formerKeys } from './former-keys.ts'
import { keysOf } from './kept-keys.ts'
import { publicJwks } from './public-jwks.ts'

const none = { sealKeys: null, contextKey: null, logSigningKey: null, logPseudonymKey: null }
const head = { size: 1, root: 'A'.repeat(43), at: '2026-11-22T00:00:00.000Z' }
let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'former-keys-'))
  mkdirSync(join(dataDir, 'keys', 'former', 'log'), { recursive: true, mode: 0o700 })
})
afterEach(() => rmSync(dataDir, { recursive: true }))
const published = () =>
  keysFromJwks(
    JSON.stringify({ keys: publicJwks([keysOf({ dataDir, secrets: none }).signing, ...formerKeys(dataDir, 'log')]) }),
  )

test('what a former key signed verifies by the published keys after it was replaced', async () => {
  const old = await signHead(head, keysOf({ dataDir, secrets: none }).signing)
  const path = join(dataDir, 'keys', 'log-signing-key.pem')
  const publicText = createPublicKey(readFileSync(path, 'utf8')).export({ type: 'spki', format: 'pem' })
  renameSync(path, join(dataDir, 'gone.pem'))
  expect(await openHead(old, published())).toBeNull()
  writeFileSync(join(dataDir, 'keys', 'former', 'log', '2026-11.pem'), publicText)
  expect(await openHead(old, published())).toEqual(head)
  expect(await openHead(await signHead(head, keysOf({ dataDir, secrets: none }).signing), published())).toEqual(head)
})

test('no private half is published, no key twice, and none of the other kind', () => {
  const { signing } = keysOf({ dataDir, secrets: none })
  const path = join(dataDir, 'keys', 'former', 'log', 'same.pem')
  writeFileSync(path, readFileSync(join(dataDir, 'keys', 'log-signing-key.pem')))
  const [key, ...others] = publicJwks([signing, ...formerKeys(dataDir, 'log')])
  expect(others).toEqual([])
  expect(key).toEqual({ kty: 'OKP', crv: 'Ed25519', x: expect.any(String), kid: signing.kid, alg: 'EdDSA', use: 'sig' })
  expect(formerKeys(dataDir, 'issuer')).toEqual([])
})

test('a file that holds no key stops the start with its name', () => {
  writeFileSync(join(dataDir, 'keys', 'former', 'log', 'half.pem'), '-----BEGIN PUBLIC KEY-----')
  expect(() => formerKeys(dataDir, 'log')).toThrow(/half\.pem: must be an Ed25519 public key/)
})
