import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Client, ClientConfig } from 'pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { migrationFolder } from '../../../test/support/migration-folder.ts'
import type { Population, Walk } from '../../../synthetic/types.ts'
import { copyRows } from './copy-rows.ts'
import { databaseName } from './database-names.ts'
import { type Provisioned, type ProvisionOptions, provision } from './provision.ts'
import { withClient } from './with-client.ts'

// The cluster is shared: names of this run's own.
const suffix = randomBytes(4).toString('hex')
const fields = `fields-${suffix}`
const rivers = `rivers-${suffix}`
const reader = `river_reader_${suffix}`
const appOf = (subgraph: string): string => `${databaseName(subgraph)}_app`

const folders: Awaited<ReturnType<typeof migrationFolder>>[] = []
const lines: string[] = []
let dataDir: string
let options: ProvisionOptions
let provisioned: Provisioned

const population = (size: number): Population => ({ seed: 7, size, asOf: '2026-06-30', persons: () => [] })

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'provision-'))
  for (const subgraph of [fields, rivers]) {
    folders.push(
      await migrationFolder({
        '001_plot.sql': `create table plot (id int primary key, name text not null);
          create table hidden (secret text);
          grant select on plot to ${appOf(subgraph)};`,
      }),
    )
  }
  const seed = async (client: Client, { size }: Walk): Promise<void> => {
    await copyRows(
      client,
      'plot',
      ['id', 'name'],
      Array.from({ length: size }, (_, id) => [id, `thửa ${id}`]),
    )
  }
  options = {
    postgres: { superuser: inject('superuser') },
    dataDir,
    definitions: [
      { name: fields, folder: folders[0]?.folder ?? '', seed },
      { name: rivers, folder: folders[1]?.folder ?? '', roles: [reader], seed },
    ],
    seedCitizens: 12,
    population,
    log: (line) => lines.push(line),
  }
  provisioned = await provision(options)
})

afterAll(async () => {
  await Promise.all(folders.map((folder) => folder.remove()))
  await rm(dataDir, { recursive: true })
})

async function run(config: ClientConfig, sql: string): Promise<unknown[]> {
  return withClient(config, async (client) => (await client.query(sql)).rows)
}

describe('a provisioned database', () => {
  test('is migrated and seeded, and its role reads what it was granted', async () => {
    const rows = await run(provisioned.urlFor(fields, appOf(fields)), 'select count(*)::int as plots from plot')
    expect(rows).toEqual([{ plots: 12 }])
    for (const name of [fields, rivers]) {
      expect(lines.filter((line) => line.startsWith(name))).toEqual([
        `${name}: 1 migration(s) applied`,
        `${name}: seeded`,
      ])
    }
  })

  test.each([
    "insert into plot values (100, 'x')",
    "update plot set name = 'x'",
    'delete from plot',
    'truncate plot',
    'select * from hidden',
    'select * from schema_migration',
    'select * from seeding',
    'create table mine (id int)',
    'create temporary table mine (id int)',
    'create schema mine',
    'create role mine',
    'create database mine',
    "copy plot to program 'cat'",
    "select pg_read_file('/etc/passwd')",
    'select rolpassword from pg_authid',
    'set role postgres',
    "alter system set log_statement = 'all'",
  ])('lets its role not: %s', async (sql) => {
    await expect(run(provisioned.urlFor(fields, appOf(fields)), sql)).rejects.toThrow(/permission denied|must be/)
  })

  test.each(['postgres', 'template1', databaseName(rivers)])('keeps its role out of %s', async (database) => {
    const config = { ...provisioned.urlFor(fields, appOf(fields)), database }
    await expect(run(config, 'select 1')).rejects.toThrow('permission denied for database')
  })

  test('admits a further role of the subgraph, which has what its migrations grant: nothing here', async () => {
    const config = provisioned.urlFor(rivers, reader)
    expect(await run(config, 'select 1 as one')).toEqual([{ one: 1 }])
    await expect(run(config, 'select * from plot')).rejects.toThrow('permission denied')
  })

  test('has passwords of its own, kept in a file that only its owner reads', async () => {
    const file = join(dataDir, 'secrets', 'database-roles.json')
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    const kept = JSON.parse(await readFile(file, 'utf8')) as Record<string, string>
    expect(Object.keys(kept).sort()).toEqual([appOf(fields), appOf(rivers), reader].sort())
    expect(new Set(Object.values(kept)).size).toBe(3)
    const hashes = await run(
      inject('superuser'),
      `select rolpassword like 'SCRAM-SHA-256$%' as scram from pg_authid where rolname like '%${suffix}%'`,
    )
    expect(hashes).toEqual([{ scram: true }, { scram: true }, { scram: true }])
  })

  test('is not found under a role or name that is not its own', () => {
    expect(() => provisioned.urlFor(fields, reader)).toThrow('no role')
    expect(() => provisioned.urlFor('nowhere', appOf(fields))).toThrow('no role')
  })
})

describe('a second start', () => {
  test('repeats nothing and keeps the passwords', async () => {
    lines.length = 0
    const again = await provision(options)
    expect(lines).toEqual([])
    expect(again.urlFor(fields, appOf(fields))).toEqual(provisioned.urlFor(fields, appOf(fields)))
  })

  test('without SEED_CITIZENS goes on with the number it was made with', async () => {
    expect((await provision({ ...options, seedCitizens: null })).citizens).toBe(12)
  })

  test('with another SEED_CITIZENS is refused before it changes anything', async () => {
    const added = { name: `added-${suffix}`, folder: folders[0]?.folder ?? '' }
    const changed = { ...options, seedCitizens: 13, definitions: [...options.definitions, added] }
    await expect(provision(changed)).rejects.toThrow(
      `SEED_CITIZENS: ${dataDir} was made with 12, not 13. Unset it, or set another DATA_DIR`,
    )
    const rows = await run(inject('superuser'), `select from pg_database where datname = '${databaseName(added.name)}'`)
    expect(rows).toEqual([])
  })
})

test('an interrupted seeding leaves nothing, and the next start does it whole', async () => {
  const folder = await migrationFolder({ '001_plot.sql': 'create table plot (id int primary key);' })
  const name = `lakes-${suffix}`
  let broken = true
  const definition = {
    name,
    folder: folder.folder,
    seed: async (client: Client, { size }: Walk): Promise<void> => {
      await copyRows(
        client,
        'plot',
        ['id'],
        Array.from({ length: size }, (_, id) => [id]),
      )
      if (broken) throw new Error('the power went')
    },
  }
  const only = { ...options, definitions: [definition] }
  await expect(provision(only)).rejects.toThrow('the power went')
  const count = async (): Promise<unknown[]> =>
    run({ ...inject('superuser'), database: databaseName(name) }, 'select count(*)::int as plots from plot')
  expect(await count()).toEqual([{ plots: 0 }])
  broken = false
  expect((await provision({ ...only, seedCitizens: 5 })).citizens).toBe(5)
  expect(await count()).toEqual([{ plots: 5 }])
  await folder.remove()
})
