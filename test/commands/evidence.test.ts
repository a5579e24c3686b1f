/** An evidence pack is checked by the script in it, with Node and nothing of this project. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { evidenceFiles } from '../../bin/access/evidence-files.ts'
import { createReviewTools } from '../../bin/access/review-tools.ts'
import { newSigningKey } from '../../config/kept-keys.ts'
import { signingKeyFromText } from '../../config/key-text.ts'
import { publicJwks } from '../../config/public-jwks.ts'
import { evidencePack } from '../../evidence/evidence-pack.ts'
import { exportTitle, textFromLine } from '../../evidence/export-lines.ts'
import { signHead } from '../../evidence/log-head.ts'
import { createGrowingTree } from '../../evidence/merkle/growing-tree.ts'
import { loadLogPolicy } from '../../subgraphs/kit/log/log-policy.ts'
import { createPseudonyms } from '../../subgraphs/kit/log/pseudonym.ts'
import { contentFromRecord } from '../../subgraphs/kit/log/record-body.ts'
import { newChain, signRecord } from '../../subgraphs/kit/log/sign-record.ts'
import { disclosureRecord, entry } from '../support/disclosures.ts'
import { filesOfArchive } from '../support/files-of-archive.ts'

const key = signingKeyFromText(newSigningKey())!
const root = mkdtempSync(join(tmpdir(), 'evidence-pack-'))
const pack = join(root, 'pack')
const logKeys = join(root, 'log-keys.json')

/** A log of three records under two heads, and the proof that the first is in it. */
async function written(folder: string): Promise<[log: string, proof: string]> {
  const writer = { name: 'population/00000000-0000-4000-8000-000000000000', keys: key }
  const pseudonyms = createPseudonyms(new Uint8Array(32))
  const tree = createGrowingTree()
  const lines = [exportTitle, textFromLine({ kind: 'writer', writer: writer.name, keyId: key.kid }, () => 1)]
  const records = []
  let token = ''
  let chain = newChain
  for (const person of ['901085000101', '901187000102', '901190000103']) {
    const record = disclosureRecord([entry(person), entry(null)], new Date())
    const signed = signRecord(contentFromRecord(record, pseudonyms, loadLogPolicy()), writer, chain)
    chain = signed.chain
    const { body, entries, receipt } = signed
    lines.push(textFromLine({ kind: 'leaf', ...receipt, body, entries }, () => 1))
    tree.append(Buffer.from(receipt.leaf, 'base64url'))
    const { record: id, leaf, counter, previous, signature } = receipt
    records.push({ record: id, leaf, writer: writer.name, counter, previous, signature, body, entries })
    if (records.length === 1) continue
    const rootHash = Buffer.from(tree.root()).toString('base64url')
    token = await signHead({ size: records.length, root: rootHash, at: new Date().toISOString() }, key)
    lines.push(textFromLine({ kind: 'head', token }, () => 1))
  }
  lines.push(textFromLine({ kind: 'end', leaves: records.length }, () => 1))
  const [record, ...others] = records
  const path = others.map(({ leaf }) => leaf)
  // What was read of one person is shown; of the others in the record, the hash alone.
  const shown = { ...record, entries: [null, record!.entries[1]] }
  const proof = { version: 1, record: shown, keyId: key.kid, leafIndex: 0, path, head: token }
  const names: [string, string] = [join(folder, 'log.txt'), join(folder, 'proof.json')]
  writeFileSync(names[0], `${lines.join('\n')}\n`)
  writeFileSync(names[1], JSON.stringify(proof))
  return names
}

beforeAll(async () => {
  const log = await written(root)
  const { files } = await evidenceFiles(createReviewTools(), { tests: [], log }, key, new Date())
  for (const [name, bytes] of filesOfArchive(await evidencePack(files, key, new Date()))) {
    mkdirSync(dirname(join(pack, name)), { recursive: true })
    writeFileSync(join(pack, name), bytes)
  }
  writeFileSync(logKeys, JSON.stringify({ keys: publicJwks([key]) }))
}, 60_000)
afterAll(() => rmSync(root, { recursive: true }))

/** What the script says of a copy of the pack in which a file was changed, or of the pack itself. */
function verdict(name?: string, edit: (text: string) => string = (text) => text, keys: readonly string[] = [logKeys]) {
  const folder = join(root, 'copy')
  cpSync(pack, folder, { recursive: true })
  if (name !== undefined) writeFileSync(join(folder, name), edit(readFileSync(join(folder, name), 'utf8')))
  const { status, stdout } = spawnSync(process.execPath, ['verify.mjs', ...keys], { cwd: folder, encoding: 'utf8' })
  rmSync(folder, { recursive: true })
  return { status, failed: stdout.split('\n').filter((line) => line.startsWith('FAILED')), stdout }
}

test('holds, by published keys and by those that came along', () => {
  expect(verdict()).toMatchObject({ status: 0, failed: [], stdout: expect.stringContaining('all of it holds') })
  expect(verdict(undefined, undefined, [])).toMatchObject({ status: 0, failed: [] })
})

test.each([
  ['matrix/access.csv', 'ALLOW', 'DENY', []],
  ['bundle/bundle.json', '"L3"', '"L2"', ['two people approved the bundle that is here: the last approval is of']],
  ['checks/coverage.json', '"rules"', '"rule"', ['the certificate of coverage is signed']],
  ['log/log.txt', 'UBND-00004', 'UBND-00005', ['log/log.txt: the log is whole: leaf 0 was changed']],
  ['log/proof.json', 'UBND-00004', 'UBND-00005', ['log/proof.json: the record is in the log: changed']],
])('%s changed by a word is found', (name, from, to, told) => {
  const { status, failed } = verdict(name, (text) => text.replace(from, to))
  expect(status).toBe(1)
  expect(failed).toEqual([
    expect.stringContaining(`files are as they were signed: ${name}`),
    ...told.map((one) => expect.stringContaining(one)),
  ])
})

const line = (text: string, kind: string, nth: number) => text.split('\n').filter((one) => one.startsWith(kind))[nth]!
test.each([
  ['one removed from the middle', (text: string) => text.replace(`${line(text, 'leaf', 1)}\n`, '')],
  ['the last removed', (text: string) => text.replace(`${line(text, 'leaf', 2)}\n`, '')],
  ['the end cut', (text: string) => text.replace(/head[^\n]*\nend.*\n$/, '')],
  [
    'two swapped',
    (text: string) =>
      text
        .replace(line(text, 'leaf', 0), '*')
        .replace(line(text, 'leaf', 1), line(text, 'leaf', 0))
        .replace('*', line(text, 'leaf', 1)),
  ],
  ['a head in the place of another', (text: string) => text.replace(line(text, 'head', 1), line(text, 'head', 0))],
])('an export with %s does not hold, whoever signs the archive', (_what, edit) => {
  const text = readFileSync(join(pack, 'log/log.txt'), 'utf8')
  expect(edit(text)).not.toBe(text)
  expect(verdict('log/log.txt', edit).failed).toContainEqual(
    expect.stringMatching(/^FAILED log\/log.txt: the log is whole: ./),
  )
})

test('a file that is added to the manifest afterwards is found', () => {
  const hash = createHash('sha256').update('x').digest('hex')
  expect(verdict('MANIFEST', (text) => `${text}${hash}  bundle/other.yaml\n`).failed).toContainEqual(
    'FAILED the manifest is what was signed',
  )
})
