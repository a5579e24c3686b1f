import { randomBytes } from 'node:crypto'
import type { ClientConfig } from 'pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { migrationFolder } from '../../../test/support/migration-folder.ts'
import type { Population } from '../../../synthetic/types.ts'
import { databaseName } from './database-names.ts'
import { prepareServer } from './prepare-server.ts'
import { withClient } from './with-client.ts'

const name = `canals-${randomBytes(4).toString('hex')}`
const database = databaseName(name)
const [app, writer, keeper, service] = ['app', 'writer', 'keeper', 'service'].map((role) => `${database}_${role}`) as [
  string,
  string,
  string,
  string,
]
const { host, port, ...superuser } = inject('superuser')
const adminOf = (at: string): ClientConfig => ({ host, port, ...superuser, database: at })
const population: Population = { seed: 1, size: 3, asOf: '2026-11-01', persons: () => [] }
const lines: string[] = []
let folder: Awaited<ReturnType<typeof migrationFolder>>

async function prepare(password: string): Promise<void> {
  const definition = {
    name,
    folder: folder.folder,
    roles: [writer, keeper],
    seed: async (client: { query: (sql: string) => Promise<unknown> }) =>
      void (await client.query('insert into boat values (1)')),
  }
  const logins = [
    { name: service, password, roles: [app, writer] },
    { name: writer, password: 'w', roles: [writer] },
  ]
  await prepareServer(adminOf, definition, logins, population, (line) => lines.push(line))
}

beforeAll(async () => {
  folder = await migrationFolder({
    '001_boat.sql': `create table boat (id int); grant select on boat to ${app}; grant insert on boat to ${writer}`,
  })
  await prepare('first')
})
afterAll(() => folder.remove())

async function as(user: string, role: string, sql: string, password: string): Promise<unknown[]> {
  const config = { host, port, database, user, password, options: `-c role=${role}` }
  return withClient(config, async (client) => (await client.query(sql)).rows)
}

describe('a prepared database', () => {
  test('lets an account act as the roles it was given, one at a time, and no other', async () => {
    expect(await as(service, app, 'select id from boat', 'first')).toEqual([{ id: 1 }])
    await expect(as(service, app, 'insert into boat values (2)', 'first')).rejects.toThrow('permission denied')
    await expect(as(service, writer, 'select id from boat', 'first')).rejects.toThrow('permission denied')
    await expect(as(service, service, 'select id from boat', 'first')).rejects.toThrow('permission denied')
    await expect(as(service, keeper, 'select 1', 'first')).rejects.toThrow('permission denied to set role')
  })

  test('lets a role log in as itself where it has a password, and nowhere else', async () => {
    await as(writer, writer, 'insert into boat values (4)', 'w')
    await expect(as(writer, app, 'select 1', 'w')).rejects.toThrow('permission denied to set role')
    await expect(as(app, app, 'select 1', '')).rejects.toThrow()
    await expect(as(keeper, keeper, 'select 1', 'w')).rejects.toThrow(/authentication|not permitted/)
  })

  test('is prepared again without a second seeding, with new passwords', async () => {
    lines.length = 0
    await prepare('second')
    expect(lines).toEqual([])
    await expect(as(service, app, 'select 1', 'first')).rejects.toThrow('password authentication failed')
    expect(await as(service, app, 'select count(*)::int as boats from boat', 'second')).toEqual([{ boats: 2 }])
  })

  test('refuses a login for a role that the subgraph does not have', async () => {
    const logins = [{ name: service, password: 'x', roles: ['postgres'] }]
    await expect(
      prepareServer(adminOf, { name, folder: folder.folder }, logins, null, () => undefined),
    ).rejects.toThrow(`${name} has no role postgres`)
  })
})
