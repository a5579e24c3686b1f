/**
 * `node test/bench/verify-log.ts [RECORDS]`: how long an export of a million records takes to verify on the cores there
 * are, and how much processor time. Writes the export once, signed record by record as in use, under the system's
 * temporary folder; it is taken away at the end.
 */
import { generateKeyPairSync } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { exportTitle, textFromLine } from '../../evidence/export-lines.ts'
import { signHead } from '../../evidence/log-head.ts'
import { createGrowingTree } from '../../evidence/merkle/growing-tree.ts'
import { textLines } from '../../evidence/text-lines.ts'
import { verifyExport } from '../../evidence/verify-export.ts'
import { closedRow } from '../../policy/decide-early.ts'
import { writerId } from '../../subgraphs/kit/log/create-disclosure-log.ts'
import { loadLogPolicy } from '../../subgraphs/kit/log/log-policy.ts'
import { createPseudonyms } from '../../subgraphs/kit/log/pseudonym.ts'
import { contentFromRecord } from '../../subgraphs/kit/log/record-body.ts'
import { newChain, signRecord } from '../../subgraphs/kit/log/sign-record.ts'
import { disclosureRecord, entry } from '../support/disclosures.ts'

const records = Number(process.argv[2] ?? 1_000_000)
const signing = { kid: 'bench', ...generateKeyPairSync('ed25519') }
const pseudonyms = createPseudonyms(new Uint8Array(32))
const policy = loadLogPolicy()
/** As a second of activity makes. */
const leavesAHead = 500

const folder = await mkdtemp(join(tmpdir(), 'verify-log-'))
const file = join(folder, 'log.txt')
try {
  await pipeline(Readable.from(lines()), createWriteStream(file, { highWaterMark: 1 << 20 }))
  const { size } = await stat(file)
  const started = performance.now()
  const before = process.cpuUsage()
  const report = await verifyExport(textLines(file), new Map([['bench', signing.publicKey]]))
  const seconds = (performance.now() - started) / 1000
  const { user, system } = process.cpuUsage(before)
  const busy = (user + system) / 1e6
  const { leaves, heads, faults } = report
  console.log(
    `${leaves} records (${Math.round(size / 2 ** 20)} MiB), ${heads} heads: ${seconds.toFixed(1)} s (${busy.toFixed(1)} s of processor time), ${faults.length} faults`,
  )
  if (faults.length > 0 || leaves !== records) process.exitCode = 1
} finally {
  await rm(folder, { recursive: true })
}

async function* lines(): AsyncGenerator<string> {
  const writer = { name: writerId('population'), keys: signing }
  const facts = [{ coordinates: ['Citizen.fullName'], row: closedRow }]
  const tree = createGrowingTree()
  let chain = newChain
  yield `${exportTitle}\n${textFromLine({ kind: 'writer', writer: writer.name, keyId: 'bench' }, () => 1)}\n`
  for (let n = 1; n <= records; n += 1) {
    const person = `901${String(n % 1_000_000).padStart(9, '0')}`
    const content = contentFromRecord(disclosureRecord([entry(person, { facts })], new Date()), pseudonyms, policy)
    const signed = signRecord(content, writer, chain)
    chain = signed.chain
    const { body, entries, receipt } = signed
    yield `${textFromLine({ kind: 'leaf', ...receipt, body, entries }, () => 1)}\n`
    tree.append(Buffer.from(receipt.leaf, 'base64url'))
    if (n % leavesAHead !== 0 && n !== records) continue
    const head = { size: n, root: Buffer.from(tree.root()).toString('base64url'), at: new Date().toISOString() }
    yield `${textFromLine({ kind: 'head', token: await signHead(head, signing) }, () => 1)}\n`
  }
  yield `${textFromLine({ kind: 'end', leaves: records }, () => 1)}\n`
}
