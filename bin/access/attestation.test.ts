import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { signAttestation } from '../../evidence/attestation.ts'
import { createAttestation } from './attestation.ts'

const { privateKey, publicKey } = generateKeyPairSync('ed25519')
const terms = { audience: 'TRUONG-DEMO', nonce: 'a-random-text' }
const at = new Date('2026-11-20T03:00:00Z')

let folder = ''
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'attestation-'))
  const expiresAt = new Date('2026-11-21T03:00:00Z')
  const claims = [{ name: 'ageOver', value: 18, result: 'MATCH' } as const]
  const signer = { kid: 'log', privateKey }
  writeFileSync(
    join(folder, 'answer.txt'),
    `${await signAttestation({ ...terms, at, expiresAt }, '901', claims, signer)}\n`,
  )
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'log' }
  writeFileSync(join(folder, 'keys.json'), JSON.stringify({ keys: [jwk] }))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
  process.exitCode = undefined
})

/** Runs `attestation verify` on the file: what it said, and its exit code. */
async function verify(changes: Record<string, string> = {}) {
  let text = ''
  const group = createAttestation({ print: (_json, _value, words) => void (text += words()) })
  const options = { ...terms, keys: join(folder, 'keys.json'), at: '2026-11-20T04:00:00Z', ...changes }
  const given = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value])
  await group.parseAsync(['verify', join(folder, 'answer.txt'), ...given], { from: 'user' })
  const code = process.exitCode ?? 0
  process.exitCode = undefined
  return { text, code }
}

test('shows what holds, from the file and the published keys alone', async () => {
  const { text, code } = await verify()
  expect(code).toBe(0)
  expect(text.split('\n').slice(1)).toEqual(['about 901', 'MATCH ageOver 18', ''])
})

test('says why one does not hold, with another exit code', async () => {
  expect(await verify({ audience: 'ANOTHER' })).toEqual({
    text: 'the attestation does not hold: WRONG_AUDIENCE\n',
    code: 1,
  })
  expect(await verify({ at: '2026-11-22T00:00:00Z' })).toEqual({
    text: 'the attestation does not hold: NOT_NOW\n',
    code: 1,
  })
})
