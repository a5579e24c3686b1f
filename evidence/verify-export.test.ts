import { generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadLogPolicy } from '../subgraphs/kit/log/log-policy.ts'
import { createPseudonyms } from '../subgraphs/kit/log/pseudonym.ts'
import { contentFromRecord } from '../subgraphs/kit/log/record-body.ts'
import { newChain, signRecord } from '../subgraphs/kit/log/sign-record.ts'
import { disclosureRecord, entry } from '../test/support/disclosures.ts'
import { exportTitle, textFromLine } from './export-lines.ts'
import { signHead } from './log-head.ts'
import type { LogHead } from './log-head.ts'
import { createGrowingTree } from './merkle/growing-tree.ts'
import { verifyExport } from './verify-export.ts'

const signing = { kid: 'log', ...generateKeyPairSync('ed25519') }
const keys = new Map([['log', signing.publicKey]])
const pseudonyms = createPseudonyms(new Uint8Array(32))
const policy = loadLogPolicy()
const writers = ['population', 'land'].map((service) => `${service}/00000000-0000-4000-8000-000000000000`)
const longAgo = new Date('2020-02-29T23:59:59.999Z')

let lines: string[]
let witnessed: LogHead[]
beforeAll(async () => {
  const numberOf = (writer: string): number => writers.indexOf(writer) + 1
  const chains = writers.map(() => newChain)
  const tree = createGrowingTree()
  witnessed = []
  lines = [exportTitle, ...writers.map((writer) => textFromLine({ kind: 'writer', writer, keyId: 'log' }, numberOf))]
  for (let n = 0; n < 12; n += 1) {
    const writer = writers[n % 2]!
    const isExpired = n === 4
    const level = isExpired ? 'L0' : 'L2'
    const record = disclosureRecord(
      [entry('901085000101', { level }), entry(null)].slice(0, isExpired ? 1 : 2),
      isExpired ? longAgo : new Date(),
    )
    const signed = signRecord(
      contentFromRecord(record, pseudonyms, policy),
      { name: writer, keys: signing },
      chains[n % 2]!,
    )
    chains[n % 2] = signed.chain
    const shown = isExpired ? { body: null, entries: [] } : { body: signed.body, entries: signed.entries }
    lines.push(textFromLine({ kind: 'leaf', ...signed.receipt, ...shown }, numberOf))
    tree.append(Buffer.from(signed.receipt.leaf, 'base64url'))
    if (![5, 8, 11].includes(n)) continue
    const head = {
      size: n + 1,
      root: Buffer.from(tree.root()).toString('base64url'),
      at: new Date(Date.now() + n).toISOString(),
    }
    if (n === 8) witnessed.push(head)
    lines.push(textFromLine({ kind: 'head', token: await signHead(head, signing) }, numberOf))
  }
  lines.push(textFromLine({ kind: 'end', leaves: 12 }, numberOf))
})

const faultsIn = async (text: string) => (await verifyExport(text.split('\n'), keys, witnessed)).faults

describe('an export', () => {
  it('verifies as it was written, an expired record by its leaf and signature', async () => {
    const report = await verifyExport(lines, keys, witnessed)
    expect(report).toMatchObject({ leaves: 12, expired: 1, writers: 2, heads: 3, exposed: { head: 0, witness: 3 } })
    expect(report.faults).toEqual([])
  })

  it('does not with any one byte changed', async () => {
    const text = lines.join('\n')
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length - 1), fc.integer({ min: 9, max: 126 }), async (at, code) => {
        const byte = String.fromCharCode(code)
        fc.pre(byte !== text[at])
        expect(await faultsIn(text.slice(0, at) + byte + text.slice(at + 1))).not.toEqual([])
      }),
      { numRuns: 400 },
    )
  })

  it('does not with any line removed, doubled, or swapped with another', async () => {
    for (let n = 0; n < lines.length; n += 1) {
      // A head may be missing: a later one covers the same leaves, and what none covers is said to be exposed.
      if (!lines[n]!.startsWith('head'))
        expect(await faultsIn(lines.toSpliced(n, 1).join('\n')), `without line ${n}`).not.toEqual([])
      expect(await faultsIn(lines.toSpliced(n, 0, lines[n]!).join('\n')), `line ${n} twice`).not.toEqual([])
      // Where a writer is named, only that it is before its records matters.
      for (let m = n + 1; n > writers.length && m < lines.length; m += 1) {
        const swapped = lines.with(n, lines[m]!).with(m, lines[n]!)
        expect(await faultsIn(swapped.join('\n')), `lines ${n} and ${m}`).not.toEqual([])
      }
    }
  })

  it('is not one without its first line, and not by other keys', async () => {
    expect(await faultsIn('')).toContainEqual({ kind: 'NOT_AN_EXPORT' })
    const other = new Map([['log', generateKeyPairSync('ed25519').publicKey]])
    const kinds = (await verifyExport(lines, other)).faults.map(({ kind }) => kind)
    expect(new Set(kinds)).toEqual(new Set(['BAD_SIGNATURE', 'BAD_HEAD', 'EXPIRED_TOO_EARLY']))
  })
})
