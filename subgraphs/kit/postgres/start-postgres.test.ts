import { spawnSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { hold } from '../../../test/support/hold.ts'
import { removeDataDir } from '../../../test/support/remove-data-dir.ts'
import { copyNativeBinaries, findNativeBinaries } from './native-binaries.ts'
import { placeCluster } from './place-cluster.ts'
import { findPostmaster } from './postmaster.ts'
import { canEnter, canRunServer, isRoot, serverAccount } from './server-account.ts'
import { spawnServer } from './spawn-server.ts'
import { type RunningPostgres, type StartOptions, startPostgres } from './start-postgres.ts'

// Servers are made and started: on a busy machine they take their time.
vi.setConfig({ testTimeout: 120_000 })

let parent: string
let dataDir: string
/** A data directory that was started and stopped once: most tests begin with a copy, as initdb takes a second. */
let ready: string
const lines: string[] = []
const cleanups: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  ready = await mkdtemp('/tmp/vn-national-graph-test-ready-')
  await chmod(ready, 0o711)
  const postgres = await startPostgres({ dataDir: ready, log: () => undefined })
  await postgres.stop()
})

afterAll(() => removeDataDir(ready))

beforeEach(async () => {
  parent = await mkdtemp('/tmp/vn-national-graph-test-start-')
  await chmod(parent, 0o711)
  dataDir = join(parent, 'data')
  lines.length = 0
})

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
  await removeDataDir(dataDir)
  await rm(parent, { recursive: true, force: true })
})

async function start(options: Partial<StartOptions> = {}): Promise<RunningPostgres> {
  const postgres = await startPostgres({ dataDir, log: (line) => lines.push(line), fallbackDir: parent, ...options })
  cleanups.push(postgres.stop)
  return postgres
}

/** Makes the test's data directory a used one. */
function useReady(): void {
  spawnSync('cp', ['-a', ready, dataDir])
}

async function ask(postgres: RunningPostgres, sql: string): Promise<unknown[][]> {
  const client = new Client(postgres.superuser)
  await client.connect()
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows
  } finally {
    await client.end()
  }
}

describe('a data directory of its own', () => {
  test('is made at the first start, kept by the second, and holds no file that others may read', async () => {
    const first = await start()
    await ask(first, "create table kept as select 'Đỗ Thị Ánh' as name")
    await first.stop()
    await first.stop()
    expect(await findPostmaster(join(dataDir, 'postgres'))).toBeNull()

    const second = await start()
    expect(await ask(second, 'select name from kept')).toEqual([['Đỗ Thị Ánh']])
    expect(second.superuser.password).toHaveLength(43)
    for (const name of await readdir(join(dataDir, 'secrets'))) {
      expect((await stat(join(dataDir, 'secrets', name))).mode & 0o077).toBe(0)
    }
  })

  test('answers on a Unix socket alone, and only to who knows the password', async () => {
    useReady()
    const postgres = await start()
    expect(await ask(postgres, "select current_setting('listen_addresses')")).toEqual([['']])
    const stranger = new Client({ ...postgres.superuser, password: 'guess' })
    await expect(stranger.connect()).rejects.toThrow('password authentication failed')
  })

  test('is durable, and its log keeps no statement, parameter or value, also of what fails', async () => {
    useReady()
    const postgres = await start()
    const settings = ['fsync', 'full_page_writes', 'synchronous_commit', 'data_checksums']
    for (const setting of settings) expect(await ask(postgres, `show ${setting}`)).toEqual([['on']])

    const client = new Client(postgres.superuser)
    await client.connect()
    await client.query('create table person (id text primary key)')
    await client.query('insert into person values ($1)', ['901085999901'])
    await expect(client.query('insert into person values ($1)', ['901085999901'])).rejects.toThrow('duplicate key')
    await expect(client.query('select $1::date', ['901085999902'])).rejects.toThrow('901085999902')
    await expect(client.query("select '901085999903'::int8::int4")).rejects.toThrow('out of range')
    await client.end()
    await postgres.stop()
    const log = await readFile(postgres.logFile, 'utf8')
    expect(log).toContain('database system is ready')
    expect(log).not.toMatch(/9010859999|person|select|insert/)
  })

  test('of a path too long for a socket gets a private folder for it, gone after the stop', async () => {
    dataDir = join(parent, 'thư mục dữ liệu', 'x'.repeat(100))
    const postgres = await start()
    expect(postgres.host).toMatch(/^\/tmp\/vn-national-graph-socket-\w{6}$/)
    expect((await stat(postgres.host)).mode & 0o077).toBe(0)
    expect(await ask(postgres, 'select 1')).toEqual([[1]])
    await postgres.stop()
    await expect(stat(postgres.host)).rejects.toThrow('ENOENT')
  })

  test('that PostgreSQL refuses to start in gives one line with its reason', async () => {
    await expect(start({ settings: { shared_buffers: 'plenty' } })).rejects.toThrow(
      /^PostgreSQL did not start: invalid value for parameter "shared_buffers"/,
    )
  })
})

describe('after a kill', () => {
  test('of the server, the next start stops the orphan, says so, and keeps what was committed', async () => {
    useReady()
    const holder = await hold(dataDir)
    if ('refused' in holder.held) throw new Error(holder.held.refused)
    const password = (await readFile(join(dataDir, 'secrets', 'postgres-superuser'), 'utf8')).trim()
    const client = new Client({ host: holder.held.host, port: 5432, user: 'postgres', password, database: 'postgres' })
    client.on('error', () => undefined)
    await client.connect()
    await client.query('create table committed as select 42 as answer')
    await holder.end('SIGKILL')
    expect(await findPostmaster(join(dataDir, 'postgres'))).toMatchObject({ pid: holder.held.pid, hasParent: false })

    const next = await start()
    expect(lines).toEqual([
      `Stopped PostgreSQL ${holder.held.pid}, which process ${holder.child.pid} left behind when it was killed.`,
    ])
    expect(await ask(next, 'select answer from committed')).toEqual([[42]])
  })

  test('of PostgreSQL itself, the next start recovers', async () => {
    useReady()
    const first = await start()
    await ask(first, 'create table committed as select 42 as answer')
    process.kill(first.pid, 'SIGKILL')
    await first.stop()
    const next = await start()
    expect(await ask(next, 'select answer from committed')).toEqual([[42]])
  })
})

describe('a directory that another process serves', () => {
  test('is refused in one line that names it, and nothing is harmed', async () => {
    useReady()
    const holder = await hold(dataDir)
    cleanups.push(() => holder.end('SIGTERM'))
    const before = await readdir(dataDir, { recursive: true })
    const address = `process ${holder.child.pid} serves it at http://127.0.0.1:4999`
    await expect(start()).rejects.toThrow(`${dataDir} is in use: ${address}.`)
    expect(await readdir(dataDir, { recursive: true })).toEqual(before)
    expect(await findPostmaster(join(dataDir, 'postgres'))).toMatchObject({ hasParent: true })
  })

  test('is given to one of two that begin at once', async () => {
    const outcomes = await Promise.allSettled([start(), start()])
    const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [String(outcome.reason)] : []))
    expect(refusals).toEqual([expect.stringContaining('is in use')])
    const winner = outcomes.find((outcome) => outcome.status === 'fulfilled')
    expect(winner && (await ask(winner.value, 'select 1'))).toEqual([[1]])
  })

  test('by a PostgreSQL that is not ours is left alone', async () => {
    useReady()
    const place = await placeCluster(dataDir, parent)
    const foreign = await spawnServer(place, ['-c', 'listen_addresses=', '-k', place.clusterDir], join(parent, 'log'))
    cleanups.push(foreign.stop)
    await expect.poll(() => findPostmaster(place.clusterDir)).not.toBeNull()
    await expect(start()).rejects.toThrow('a PostgreSQL that this project did not start')
    expect(foreign.failure()).toBeNull()
  })
})

if (isRoot()) {
  describe('as root', () => {
    test('runs PostgreSQL as somebody else', async () => {
      useReady()
      const postgres = await start()
      expect((await stat(`/proc/${postgres.pid}`)).uid).not.toBe(0)
      expect(postgres.host).toBe(join(dataDir, 'postgres'))
    })

    test('in a folder the database can not enter, data goes elsewhere, the start says where, and finds it again', async () => {
      dataDir = join(parent, 'closed', 'data')
      await mkdir(dataDir, { recursive: true })
      await chmod(dirname(dataDir), 0o700)
      const first = await start()
      const refuge = dirname(first.host)
      expect(dirname(refuge)).toBe(parent)
      expect(first.notice).toMatch(new RegExp(`its data (and binaries )?are in ${refuge}$`))
      await ask(first, 'create table kept as select 1')
      await first.stop()

      const second = await start()
      expect(second.host).toBe(first.host)
      expect(await ask(second, 'select * from kept')).toEqual([[1]])
      await second.stop()
      await rm(refuge, { recursive: true })
      await expect(start()).rejects.toThrow(`PostgreSQL's data in ${refuge} is gone: delete ${dataDir} to begin anew`)
    })

    test('a cluster that can no longer be reached is not replaced by an empty one', async () => {
      useReady()
      await chmod(parent, 0o700)
      await expect(start()).rejects.toThrow('can no longer reach')
    })

    test('copied binaries run for an account that can not enter the originals', async () => {
      const account = await serverAccount(dataDir)
      const copy = await copyNativeBinaries(findNativeBinaries(), parent)
      expect(canRunServer(account, copy.dir)).toBe(true)
      expect(await copyNativeBinaries(findNativeBinaries(), parent)).toEqual(copy)
      await chmod(parent, 0o700)
      expect(canRunServer(account, copy.dir)).toBe(false)
    })

    // An ordinary user needs to read the sources; in a clone under /root there is nobody else who can.
    const nobody = { name: 'nobody', uid: 65534, gid: 65534 }
    if (canEnter(nobody, import.meta.dirname) && canRunServer(nobody, findNativeBinaries().dir)) {
      test('and as an ordinary user alike: the server is theirs, and root can go on with it', async () => {
        await mkdir(dataDir)
        spawnSync('chown', ['65534:65534', dataDir])
        const holder = await hold(dataDir, nobody)
        if ('refused' in holder.held) throw new Error(holder.held.refused)
        expect((await stat(`/proc/${holder.held.pid}`)).uid).toBe(nobody.uid)
        await holder.end('SIGTERM')
        const postgres = await start()
        expect((await stat(`/proc/${postgres.pid}`)).uid).toBe(nobody.uid)
      })

      test('what root made is refused to an ordinary user in one line', async () => {
        useReady()
        const holder = await hold(dataDir, nobody)
        cleanups.push(() => holder.end('SIGTERM'))
        expect(holder.held).toEqual({
          refused: expect.stringMatching(/belongs to user \d+: start as that user or as root$/),
        })
      })
    }
  })
}
