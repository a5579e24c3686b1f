import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createIdentity } from '../identity/identity.ts'
import type { Identity } from '../identity/identity.ts'
import { loadPersonas } from '../synthetic/personas.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'token-'))
let identity: Identity
beforeAll(async () => {
  identity = await createIdentity({ dataDir, oidcIssuer: null })
})
afterAll(() => rmSync(dataDir, { recursive: true }))

const run = (args: readonly string[], env: Record<string, string> = {}) => {
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(import.meta.dirname, 'token.ts'), ...args], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], DATA_DIR: dataDir, ...env },
  })
  return { stdout, stderr, status }
}

describe('token PERSONA', () => {
  test('prints a token of the running server’s issuer and nothing else', async () => {
    const { stdout, stderr, status } = run(['bank'])
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
    expect(stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/)
    expect(await identity.verifier.verify(stdout.trim())).toMatchObject({
      kind: 'SYSTEM',
      org: 'BANK-DEMO',
      orgKind: 'PRIVATE',
    })
  })
  test('prints nothing for nobody', () => expect(run(['nobody'])).toMatchObject({ stdout: '', status: 0 }))
  test('names the personas when there is no such one', () => {
    const { stdout, stderr, status } = run(['president'])
    expect({ stdout, status }).toEqual({ stdout: '', status: 1 })
    expect(stderr).toMatch(/^no such persona: citizen, citizen-low, /)
  })
  test('says in one line when no server has started on the data directory', () => {
    const { stdout, stderr, status } = run(['bank'], { DATA_DIR: join(dataDir, 'elsewhere') })
    expect({ stdout, status }).toEqual({ stdout: '', status: 1 })
    expect(stderr).toMatch(/no server has started here yet; npm start makes the key\n$/)
  })
  test('does not exist once an issuer is configured', () => {
    expect(run(['bank'], { OIDC_ISSUER: 'https://issuer.example' })).toMatchObject({ stdout: '', status: 1 })
  })
})

describe('token --list', () => {
  test('--json gives every persona with what its requests carry', () => {
    const listed: unknown = JSON.parse(run(['--list', '--json']).stdout)
    expect(listed).toHaveLength(loadPersonas().length)
    expect(listed).toContainEqual(
      expect.objectContaining({
        persona: 'doctor',
        personalId: null,
        purposes: ['TREATMENT'],
        case: 'KCB-2026-000001',
        headers: { 'X-Purpose': 'TREATMENT', 'X-Case': 'KCB-2026-000001' },
      }),
    )
  })
  test('without --json can be read by people', () => {
    expect(run(['--list']).stdout).toMatch(/citizen: A citizen with land.*\n.*\n {2}person {3}901085000101\n/)
  })
})
