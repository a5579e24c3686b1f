import { spawnSync } from 'node:child_process'
import { createHash, createPublicKey, verify } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { newSigningKey } from '../config/kept-keys.ts'
import { signingKeyFromText } from '../config/key-text.ts'
import { filesOfArchive } from '../test/support/files-of-archive.ts'
import { evidencePack } from './evidence-pack.ts'
import { tarGz } from './tar-gz.ts'

const key = signingKeyFromText(newSigningKey())!
const content = new Map([
  ['bundle/rules.yaml', 'rules: []\n'],
  ['matrix/access.csv', 'Tọa độ,coordinate\n'.repeat(100)],
])
const run = (command: string, args: string[], cwd: string) => spawnSync(command, args, { cwd, encoding: 'utf8' })
/** Standard tools that a machine may lack; then Node's own cryptography has to do. */
const hasTools = ['tar', 'sha256sum', 'openssl', 'sh'].every(
  (tool) => spawnSync(tool, ['--version']).error === undefined,
)

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'evidence-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** What README.md says, with Node in place of the tools. */
function faultOf(files: ReadonlyMap<string, Buffer>): string | null {
  const [header = '', payload = '', signature = ''] = files.get('MANIFEST.jws')!.toString().split('.')
  const publicKey = createPublicKey(files.get('keys/manifest.pem')!)
  if (!verify(null, Buffer.from(`${header}.${payload}`), publicKey, Buffer.from(signature, 'base64url')))
    return 'signature'
  const manifest = Buffer.from(payload, 'base64url')
  if (!manifest.equals(files.get('MANIFEST')!)) return 'manifest'
  for (const line of manifest.toString().trimEnd().split('\n')) {
    const [hash, name = ''] = line.split('  ')
    if (
      createHash('sha256')
        .update(files.get(name) ?? '')
        .digest('hex') !== hash
    )
      return name
  }
  return null
}

describe('an evidence pack', () => {
  test('verifies, and no file in it can change, go or be put in another place', async () => {
    const files = filesOfArchive(await evidencePack(content, key, new Date(0)))
    expect([...files.keys()]).toEqual([
      ...[...content.keys(), 'README.md', 'keys/manifest.pem', 'verify.mjs'].toSorted(),
      'MANIFEST',
      'MANIFEST.jws',
    ])
    expect(faultOf(files)).toBeNull()
    const change = (name: string, text: string) => faultOf(new Map([...files, [name, Buffer.from(text)]]))
    expect(change('bundle/rules.yaml', 'rules: [ ]\n')).toBe('bundle/rules.yaml')
    expect(faultOf(new Map([...files].filter(([name]) => name !== 'matrix/access.csv')))).toBe('matrix/access.csv')
    expect(change('MANIFEST', '')).toBe('manifest')
    const other = await evidencePack(new Map(), signingKeyFromText(newSigningKey())!, new Date(0))
    expect(faultOf(new Map([...files, ['MANIFEST.jws', filesOfArchive(other).get('MANIFEST.jws')!]]))).toBe('signature')
  })

  test('verifies as its README says, with standard tools alone', async () => {
    writeFileSync(join(folder, 'pack.tar.gz'), await evidencePack(content, key, new Date()))
    if (!hasTools) return expect(faultOf(filesOfArchive(readFileSync(join(folder, 'pack.tar.gz'))))).toBeNull()
    expect(run('tar', ['-xzf', 'pack.tar.gz'], folder)).toMatchObject({ status: 0, stderr: '' })
    const [, script = ''] = /```sh\n([\s\S]*?)```/.exec(readFileSync(join(folder, 'README.md'), 'utf8')) ?? []
    expect(run('sh', ['-c', script], folder)).toMatchObject({ status: 0, stdout: 'Signature Verified Successfully\n' })
    writeFileSync(join(folder, 'matrix/access.csv'), 'nothing\n')
    expect(run('sh', ['-c', script], folder).status).not.toBe(0)
  })

  test('does not let a file take the place of the manifest', async () => {
    await expect(evidencePack(new Map([['MANIFEST', '']]), key, new Date())).rejects.toThrow(
      "MANIFEST is the archive's own",
    )
  })
})

test('an archive has the same bytes for the same files, and refuses a name that would be cut', () => {
  const files = new Map([['a/b.txt', Buffer.from('b')]])
  expect(tarGz(files, new Date(0)).equals(tarGz(files, new Date(0)))).toBe(true)
  expect(() => tarGz(new Map([['n'.repeat(101), Buffer.alloc(0)]]), new Date(0))).toThrow(RangeError)
})
