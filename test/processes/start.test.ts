import { execFile } from 'node:child_process'
import { chmod, mkdtemp, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { findPostmaster } from '../../subgraphs/kit/postgres/postmaster.ts'
import { removeDataDir } from '../support/remove-data-dir.ts'
import { addressOf, runServer, type ServerRun } from '../support/run-server.ts'

let dataDir: string
const runs: ServerRun[] = []

beforeAll(async () => {
  dataDir = await mkdtemp('/tmp/vn-national-graph-test-serve-')
  await chmod(dataDir, 0o711)
})

afterEach(async () => {
  for (const { child, ended } of runs.splice(0)) {
    child.kill('SIGTERM')
    await ended
  }
})

afterAll(() => removeDataDir(dataDir))

function start(env: Readonly<Record<string, string>> = {}, command?: [string, ...string[]]): ServerRun {
  const run = runServer({ DATA_DIR: dataDir, PORT: '0', SEED_CITIZENS: '100', LOG_LEVEL: 'warn', ...env }, command)
  runs.push(run)
  return run
}

async function token(persona: string): Promise<string> {
  const { stdout } = await promisify(execFile)('npm', ['run', '--silent', 'token', '--', persona], {
    env: { ...process.env, DATA_DIR: dataDir },
  })
  return stdout
}

async function ask(address: string, persona: string, query: string): Promise<unknown> {
  const response = await fetch(`${address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${(await token(persona)).trim()}` },
    body: JSON.stringify({ query }),
  })
  return response.json()
}

const postmaster = (): ReturnType<typeof findPostmaster> => findPostmaster(join(dataDir, 'postgres'))

describe('npm start', { timeout: 120_000 }, () => {
  test('stopped while it seeds leaves no process, and the next one seeds whole', async () => {
    const first = start()
    await first.says(/migration\(s\) applied/)
    first.child.kill('SIGTERM')
    expect(await first.ended).toBe(0)
    await expect.poll(postmaster, { timeout: 30_000 }).toBeNull()
  })

  test('serves; SIGTERM to npm ends it cleanly', async () => {
    const run = start({}, ['npm', 'start'])
    const address = await addressOf(run)
    expect((await fetch(`${address}/health/ready`)).status).toBe(200)
    expect(await ask(address, 'citizen', '{ me { personalId } }')).toEqual({
      data: { me: { personalId: '901085000101' } },
      extensions: { receipts: [expect.any(Object)] },
    })
    run.child.kill('SIGTERM')
    expect(await run.ended).toBe(0)
    expect(await postmaster()).toBeNull()
    expect(await readdir(join(dataDir, 'secrets'))).not.toContain('owner.json')
  })

  test('prints a token and nothing else', async () => {
    expect(await token('citizen')).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/)
  })

  test('a second time on the same data or port is refused in one line, and the first goes on', async () => {
    const first = start()
    const address = await addressOf(first)
    const sameData = start()
    expect(await sameData.ended).toBe(1)
    expect(sameData.output()).toBe(
      `${dataDir} is in use: process ${first.child.pid} serves it at ${address}. Stop that one, or set another DATA_DIR\n`,
    )
    const port = new URL(address).port
    const samePort = start({ PORT: port })
    expect(await samePort.ended).toBe(1)
    expect(samePort.output()).toBe(
      `PORT: ${port}: process ${first.child.pid} serves ${dataDir} at ${address} already; stop it, or set another PORT and DATA_DIR\n`,
    )
    const elsewhere = start({ PORT: port, DATA_DIR: join(dataDir, 'other') })
    expect(await elsewhere.ended).toBe(1)
    expect(elsewhere.output()).toBe(`PORT: ${port}: taken on 127.0.0.1; stop it, or set another PORT\n`)
    expect((await fetch(`${address}/health/ready`)).status).toBe(200)
  })

  test('after kill -9 stops the orphaned PostgreSQL, says so and goes on', async () => {
    const first = start()
    await addressOf(first)
    const orphan = (await postmaster())?.pid
    first.child.kill('SIGKILL')
    await first.ended
    const second = start()
    const address = await addressOf(second)
    expect(second.output()).toContain(`Stopped PostgreSQL ${orphan}, which process ${first.child.pid} left behind`)
    expect((await fetch(`${address}/health/ready`)).status).toBe(200)
  })

  test('with another SEED_CITIZENS, or a variable that is wrong, says so in a line each', async () => {
    const other = start({ SEED_CITIZENS: '200' })
    expect(await other.ended).toBe(1)
    expect(other.output()).toBe(
      `SEED_CITIZENS: ${dataDir} was made with 100, not 200. Unset it, or set another DATA_DIR\n`,
    )
    const wrong = start({ SEED_CITIZENS: 'many', LOG_LEVEL: 'loud' })
    expect(await wrong.ended).toBe(1)
    expect(wrong.output().trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^SEED_CITIZENS: /),
      expect.stringMatching(/^LOG_LEVEL: /),
    ])
  })
})
