import { generateKeyPairSync } from 'node:crypto'
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { signHead } from '../evidence/log-head.ts'
import { createGrowingTree } from '../evidence/merkle/growing-tree.ts'
import { leafHash } from '../evidence/merkle/hashes.ts'
import { consistencyPlan } from '../evidence/merkle/proof-plans.ts'
import { joinHashes } from '../evidence/merkle/subtrees.ts'
import { readWitness } from '../evidence/witness-file.ts'
import type { LogSource } from './ask-log.ts'
import { createWitness } from './create-witness.ts'
import { openWitnessFolder } from './witness-folder.ts'

const signing = { kid: 'log', ...generateKeyPairSync('ed25519') }
const { kty, crv, x } = signing.publicKey.export({ format: 'jwk' })
const published = JSON.stringify({ keys: [{ kid: 'log', kty, crv, x }] })

/** A log whose leaves are these texts, served as a gateway would, and as its administration likes. */
function logOf(entries: readonly string[], changes: Partial<LogSource> = {}, key = signing): LogSource {
  const leaves = entries.map((entry) => leafHash(entry))
  const rootOf = (some: readonly Uint8Array[]): Uint8Array => {
    const tree = createGrowingTree()
    for (const leaf of some) tree.append(leaf)
    return tree.root()
  }
  return {
    head: async () => {
      const root = Buffer.from(rootOf(leaves)).toString('base64url')
      const head = { size: leaves.length, root, at: '2026-03-01T08:00:00.000Z' }
      return { token: await signHead(head, key), written: leaves.length + 2 }
    },
    consistency: (first, second) =>
      Promise.resolve(
        consistencyPlan(first, second).map((subtrees) => {
          const hashes = subtrees.map(({ level, index }) =>
            rootOf(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level)),
          )
          return Buffer.from(joinHashes(hashes)).toString('base64url')
        }),
      ),
    keys: () => Promise.resolve(published),
    ...changes,
  }
}
const entries = (count: number): string[] => Array.from({ length: count }, (_, n) => `entry ${n}`)

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'witness-'))
})
afterEach(() => rm(folder, { recursive: true }))

/** Looks once at each of these logs, as one process or, each time, as a new one. */
async function looks(...sources: LogSource[]) {
  const seen = []
  for (const source of sources) {
    const opened = await openWitnessFolder(folder, source.keys)
    seen.push(await createWitness(source, opened, () => new Date('2026-03-01T09:00:00.000Z'))())
  }
  return seen
}
const linesOf = async (name: string): Promise<string[]> =>
  (await readFile(join(folder, name), 'utf8').catch(() => '')).split('\n').filter((line) => line !== '')

describe('a witness', () => {
  it('signs each head that follows, once, and what it signed verifies with the keys it leaves beside', async () => {
    const found = await looks(logOf(entries(3)), logOf(entries(3)), logOf(entries(8)), logOf(entries(13)))
    expect(found.map(({ seen }) => seen)).toEqual(['NEWER', 'SAME', 'NEWER', 'NEWER'])
    expect(found.at(-1)).toMatchObject({ written: 15, head: { size: 13 } })
    const { keys } = await openWitnessFolder(folder, () => Promise.reject(new Error('known already')))
    const { heads, faults } = await readWitness(await linesOf('heads.jsonl'), keys)
    expect(heads.map(({ size }) => size)).toEqual([3, 8, 13])
    expect(faults).toEqual([])
    expect(await linesOf('refused.jsonl')).toEqual([])
  })

  it('says that there is nothing yet', async () => {
    expect(await looks(logOf([], { head: () => Promise.resolve(null) }))).toMatchObject([{ seen: 'NOTHING' }])
  })

  const changed = entries(8).with(1, 'rewritten')
  it.each([
    ['was cut', 'SHRUNK', logOf(entries(2))],
    ['was rewritten at the same size', 'OTHER_ROOT', logOf(entries(3).with(1, 'rewritten'))],
    ['was rewritten and went on', 'NOT_CONSISTENT', logOf(changed)],
    ['proves another log', 'NOT_CONSISTENT', logOf(entries(8), { consistency: () => Promise.resolve([]) })],
    [
      'is signed by another key',
      'NOT_SIGNED',
      logOf(entries(8), {}, { ...signing, ...generateKeyPairSync('ed25519') }),
    ],
    ['is empty again', 'GONE', logOf([], { head: () => Promise.resolve(null) })],
  ])(
    'refuses a log that %s, keeps the evidence, and signs on only where it left off',
    async (_what, reason, broken) => {
      const found = await looks(logOf(entries(3)), broken, logOf(entries(5)))
      expect(found).toMatchObject([
        { seen: 'NEWER' },
        { seen: 'REFUSED', reason, head: { size: 3 } },
        { seen: 'NEWER' },
      ])
      const [evidence = '{}'] = await linesOf('refused.jsonl')
      const [line = '{}'] = await linesOf('heads.jsonl')
      const given = await broken.head()
      expect(JSON.parse(evidence)).toEqual({
        at: '2026-03-01T09:00:00.000Z',
        reason,
        head: given?.token ?? null,
        last: (JSON.parse(line) as { head: string }).head,
      })
    },
  )

  it('keeps the evidence of one refusal once', async () => {
    await looks(logOf(entries(3)))
    const source = logOf(entries(2))
    const look = createWitness(source, await openWitnessFolder(folder, source.keys), () => new Date())
    await look()
    await look()
    expect(await linesOf('refused.jsonl')).toHaveLength(1)
  })

  it('knows nothing by a log that can not be asked', async () => {
    await expect(looks(logOf([], { head: () => Promise.reject(new Error('away')) }))).rejects.toThrow('away')
  })

  it('does not go on from a file that somebody changed, and takes away what a crash left of a line', async () => {
    await looks(logOf(entries(3)))
    await appendFile(join(folder, 'heads.jsonl'), '{"head":"half')
    expect(await looks(logOf(entries(3)))).toMatchObject([{ seen: 'SAME' }])
    const text = await readFile(join(folder, 'heads.jsonl'), 'utf8')
    await writeFile(join(folder, 'heads.jsonl'), text.replace('"cosignature":"eyJ', '"cosignature":"eyK'))
    await expect(looks(logOf(entries(5)))).rejects.toThrow('not one of this witness')
  })
})
