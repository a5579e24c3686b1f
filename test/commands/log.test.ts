import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CommanderError } from 'commander'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createLog, type LogTools } from '../../bin/access/log.ts'
import { until } from '../support/oversight-database.ts'
import { openWholeGraph, type WholeGraph } from '../support/whole-graph.ts'

const root = join(import.meta.dirname, '../..')
let graph: WholeGraph
let address: string
let folder: string
let admin: Client
let record: string
beforeAll(async () => {
  graph = await openWholeGraph()
  address = new URL(await graph.listen()).origin
  folder = await mkdtemp(join(tmpdir(), 'log-test-'))
  const { host, port, database, user, password } = graph.databases.get('oversight')?.as() ?? {}
  const url = `postgres://${user}:${String(password)}@localhost:${port}/${database}?host=${host}`
  Object.assign(process.env, {
    DATABASE_URL_OVERSIGHT: url,
    WITNESS_LOG_URL: address,
    WITNESS_DIR: folder,
    DATA_DIR: folder,
  })
  const { kid, publicKey } = graph.keys.signing
  const key = { ...publicKey.export({ format: 'jwk' }), kid }
  await writeFile(join(folder, 'log-keys.json'), JSON.stringify({ keys: [key] }))
  admin = new Client(graph.databases.get('oversight')?.superuser)
  await admin.connect()
  await ask()
  record = (await ask()).record
}, 120_000)
afterAll(async () => {
  await admin.end()
  await graph.close()
  await rm(folder, { recursive: true })
})

/** Asks something, and waits until a head covers its record. */
async function ask(): Promise<{ record: string }> {
  const query = '{ citizen(personalId: "901085000101") { fullName } }'
  const { receipts } = await graph.ask({ as: 'commune-officer', purpose: 'CIVIL_STATUS', query })
  const covered = 'select max(size) > (select leaf_index from leaf where record_id = $1) from tree_head'
  await until(admin, covered, [receipts[0]?.record])
  return { record: receipts[0]?.record ?? '' }
}

type Run = { code: number; out: string }

/** A verb of `access log` in this process: what it wrote, and the code it would end with. */
async function log(...args: string[]): Promise<Run> {
  let out = ''
  const print: LogTools['print'] = (json, value, text) => void (out += json ? JSON.stringify(value, null, 2) : text())
  const group = createLog({ print })
  for (const one of [group, ...group.commands]) one.exitOverride().configureOutput({ writeErr: () => {} })
  process.exitCode = undefined
  try {
    await group.parseAsync(args, { from: 'user' })
    return { code: Number(process.exitCode ?? 0), out }
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    return { code: error.exitCode, out }
  } finally {
    process.exitCode = undefined
  }
}

function look(): Promise<{ code: number | null; err: string }> {
  const child = spawn(process.execPath, ['witness/main.ts', '--once'], { cwd: root })
  let err = ''
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, err })))
}
const at = (name: string): string => join(folder, name)
const keys = (): string[] => ['--keys', at('log-keys.json'), at('witness-keys.json')]
const witnessed = (): string[] => ['--witness', at('heads.jsonl')]

test('the log is witnessed, exported, and verified without the server', { timeout: 60_000 }, async () => {
  expect(await look()).toEqual({ code: 0, err: '' })
  await ask()
  expect(await log('export', '--out', at('log.txt'))).toMatchObject({ code: 0 })
  const whole = await log('verify', at('log.txt'), ...keys(), ...witnessed(), '--json')
  const status = await log('status', ...keys(), ...witnessed())
  expect(whole.code).toBe(0)
  const { leaves, exposed, faults } = JSON.parse(whole.out) as Record<string, unknown>
  expect({ exposed, faults }).toEqual({ exposed: { head: 0, witness: 1 }, faults: [] })
  expect(status).toMatchObject({ code: 0 })
  expect(status.out).toContain('exposed window: 0 records under no head, 1 under no witnessed head')

  const text = await readFile(at('log.txt'), 'utf8')
  await writeFile(at('changed.txt'), text.replace('"kind":"OFFICIAL"', '"kind":"OFFICIAM"'))
  await writeFile(at('cut.txt'), text.split('\n').slice(0, 4).join('\n'))
  const changed = await log('verify', at('changed.txt'), ...keys())
  const cut = await log('verify', at('cut.txt'), ...keys(), ...witnessed())
  const foreign = await log('verify', at('log.txt'), '--keys', at('witness-keys.json'))
  const none = await log('verify', at('nothing.txt'), ...keys())
  expect(changed).toMatchObject({ code: 1, out: expect.stringMatching(/CHANGED_RECORD at leaf \d+/) })
  expect(cut).toMatchObject({ code: 1, out: expect.stringContaining('TRUNCATED at tree of') })
  expect(foreign).toMatchObject({ code: 1, out: expect.stringContaining('UNKNOWN_KEY') })
  expect(none).toMatchObject({ code: 2, out: '' })
  expect(Number(leaves)).toBeGreaterThan(2)
})

test('one record is proved to be in it, and a proof of another is refused', { timeout: 60_000 }, async () => {
  const proof = await log('prove', record)
  const none = await log('prove', record.replace(/^..../, '0300'))
  expect(proof.code).toBe(0)
  expect(none).toMatchObject({ code: 1, out: '' })
  await writeFile(at('proof.json'), proof.out)
  await writeFile(at('other.json'), proof.out.replace(/"leafIndex": \d+/, '"leafIndex": 0'))
  const right = await log('check', at('proof.json'), ...keys())
  const wrong = await log('check', at('other.json'), ...keys(), '--json')
  expect(right).toMatchObject({ code: 0, out: expect.stringContaining(`record ${record} is leaf`) })
  expect(wrong.code).toBe(1)
  expect(JSON.parse(wrong.out)).toEqual({ holds: false, fault: 'NOT_INCLUDED' })
})

test('a witness refuses a log that somebody cut, and keeps both heads', { timeout: 60_000 }, async () => {
  await admin.query('alter table tree_head disable trigger append_only')
  await admin.query('delete from tree_head where size > 1')
  const refused = await look()
  expect(refused).toMatchObject({ code: 1, err: expect.stringMatching(/REFUSED: (SHRUNK|GONE)/) })
  expect(await readFile(at('refused.jsonl'), 'utf8')).toMatch(/"reason":"(SHRUNK|GONE)"/)
})
