import { sign, verify } from 'node:crypto'
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { keysOf } from './kept-keys.ts'

const none = { sealKeys: null, contextKey: null, logSigningKey: null, logPseudonymKey: null }
let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'kept-keys-'))
})
afterEach(() => rmSync(dataDir, { recursive: true }))

describe('keys nobody configured', () => {
  test('are made once and are the same at the next start', () => {
    const first = keysOf({ dataDir, secrets: none })
    const second = keysOf({ dataDir, secrets: none })
    expect(second.seal).toEqual(first.seal)
    expect(second.signing.kid).toBe(first.signing.kid)
    expect(second.pseudonym).toEqual(first.pseudonym)
    expect(first.seal[0]?.secret).toHaveLength(64)
    expect(first.signing.kid).not.toBe(first.context?.kid)
  })
  test('can be read by their owner alone', () => {
    keysOf({ dataDir, secrets: none })
    const folder = join(dataDir, 'keys')
    const modes = readdirSync(folder).map((file) => statSync(join(folder, file)).mode & 0o777)
    expect(modes).toEqual([0o600, 0o600, 0o600, 0o600])
    expect(statSync(folder).mode & 0o777).toBe(0o700)
  })
  test('stop the start when others could read them', () => {
    keysOf({ dataDir, secrets: none })
    chmodSync(join(dataDir, 'keys', 'seal-keys'), 0o640)
    expect(() => keysOf({ dataDir, secrets: none })).toThrow(/seal-keys: others can read this key/)
  })
  test('stop the start when damaged, and are not replaced', () => {
    keysOf({ dataDir, secrets: none })
    writeFileSync(join(dataDir, 'keys', 'log-pseudonym-key'), 'half a k')
    expect(() => keysOf({ dataDir, secrets: none })).toThrow(/log-pseudonym-key: this key is damaged/)
  })
  test('sign what their public halves verify', () => {
    const { signing } = keysOf({ dataDir, secrets: none })
    const text = Buffer.from('receipt')
    expect(verify(null, text, signing.publicKey, sign(null, text, signing.privateKey))).toBe(true)
  })
})
