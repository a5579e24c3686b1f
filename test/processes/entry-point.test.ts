import { execFile } from 'node:child_process'
import { access, chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findPostmaster } from '../../subgraphs/kit/postgres/postmaster.ts'
import { addressOf, runServer, type ServerRun } from '../support/run-server.ts'
import { ask, codesOf } from './ask.ts'

const root = join(import.meta.dirname, '../..')
let dataDir: string
let run: ServerRun
let address: string
const start = async (): Promise<void> => {
  run = runServer({ DATA_DIR: dataDir, PORT: '0', SEED_CITIZENS: '300', LOG_LEVEL: 'warn' })
  address = await addressOf(run)
}
beforeAll(async () => {
  dataDir = await mkdtemp('/tmp/vn-national-graph-test-entry-')
  await chmod(dataDir, 0o711)
  await start()
}, 300_000)
afterAll(async () => {
  run.child.kill('SIGTERM')
  await run.ended
  await rm(dataDir, { recursive: true, force: true })
}, 60_000)

async function token(persona: string): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ['bin/token.ts', persona], {
    cwd: root,
    env: { PATH: process.env['PATH'], DATA_DIR: dataDir },
  })
  return stdout.trim()
}

/** The embedded server's superuser, as an operator on the machine may be. */
async function superuser(database: string): Promise<Client> {
  const password = (await readFile(join(dataDir, 'secrets', 'postgres-superuser'), 'utf8')).trim()
  const client = new Client({ host: join(dataDir, 'postgres'), port: 5432, user: 'postgres', password, database })
  await client.connect()
  return client
}

const bankReads = async () =>
  ask(address, '{ citizen(personalId: "901085000101") { fullName religion } }', {
    token: await token('bank'),
    purpose: 'CREDIT_ASSESSMENT',
  })

describe('the server as a plain Node process', { timeout: 120_000 }, () => {
  test('answers what the caller may read, and denies the rest with a code', async () => {
    const { body } = await bankReads()
    expect(body.data).toEqual({ citizen: { fullName: expect.any(String), religion: null } })
    expect(codesOf(body)).toEqual(['CONSENT_REQUIRED citizen.religion'])
  })

  test('stopped amid a request answers it, takes no other, ends with 0 and leaves nothing running', async () => {
    const mine = await token('citizen')
    const { body } = await ask(address, '{ me { consents(first: 5) { nodes { id state } } } }', { token: mine })
    const { nodes } = (body.data as { me: { consents: { nodes: { id: string; state: string }[] } } }).me.consents
    const consentId = nodes.find(({ state }) => state === 'GRANTED')?.id
    const withdrawal = 'mutation ($input: ConsentInput!) { withdrawConsent(input: $input) { state errors { code } } }'
    const ended = await ask(address, withdrawal, { token: mine }, { input: { consentId } })
    expect(ended.body.data).toEqual({ withdrawConsent: { state: 'REVOKED', errors: [] } })

    const holder = await superuser('population')
    await holder.query('begin')
    await holder.query('lock table citizen in access exclusive mode')
    const inFlight = ask(address, '{ me { fullName } }', { token: mine })
    await waiting(holder)
    const orphanable = (await findPostmaster(join(dataDir, 'postgres')))?.pid
    run.child.kill('SIGTERM')
    await refused(address)
    await holder.query('commit')
    await holder.end()
    const answer = await inFlight
    expect([answer.status, answer.body.data]).toEqual([200, { me: { fullName: expect.any(String) } }])
    expect(await run.ended).toBe(0)

    expect(
      run
        .output()
        .split('\n')
        .filter((line) => !/migration|seeded|answers at|^$/.test(line)),
    ).toEqual([])
    expect(await findPostmaster(join(dataDir, 'postgres'))).toBeNull()
    await expect(access(`/proc/${orphanable}`)).rejects.toThrow('ENOENT')
    await expect(access(join(dataDir, 'postgres', '.s.PGSQL.5432'))).rejects.toThrow('ENOENT')
    await expect(access(join(dataDir, 'secrets', 'owner.json'))).rejects.toThrow('ENOENT')
  })

  test('started again goes on with the same people, consents and log', async () => {
    await start()
    expect(run.output()).not.toMatch(/seeded|migration/)
    const { body } = await bankReads()
    expect(codesOf(body)).toContain('CONSENT_WITHDRAWN citizen.fullName')
    const history = '{ me { accessHistory(first: 50) { nodes { organisation { code } } } } }'
    const timeline = await ask(address, history, { token: await token('citizen') })
    expect(JSON.stringify(timeline.body.data)).toContain('BANK-DEMO')
  })
})

/** Resolves once somebody waits for a lock. */
async function waiting(client: Client): Promise<void> {
  for (;;) {
    const { rowCount } = await client.query(`select from pg_stat_activity where wait_event_type = 'Lock'`)
    if (rowCount !== null && rowCount > 0) return
  }
}

/** Resolves once nobody listens any more. */
async function refused(at: string): Promise<void> {
  for (;;) {
    const isOpen = await fetch(`${at}/health/live`).then(
      () => true,
      () => false,
    )
    if (!isOpen) return
  }
}
