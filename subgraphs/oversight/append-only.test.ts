import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { disclosureRecord, entry } from '../../test/support/disclosures.ts'
import { oversightDatabase } from '../../test/support/oversight-database.ts'
import type { OversightDatabase } from '../../test/support/oversight-database.ts'
import oversight from './index.ts'

const roles = ['oversight_app', ...(oversight.roles ?? [])]
const refused = { code: '42501' }

let database: OversightDatabase
let tables: string[]
beforeAll(async () => {
  database = await oversightDatabase()
  await database.log().append(disclosureRecord([entry('901085000101')], new Date()))
  const found = await database.rows<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
     and relname <> 'schema_migration' order by relname`,
  )
  tables = found.map(({ name }) => name)
})
afterAll(() => database.close())

const secondColumn = async (table: string): Promise<string> => {
  const [row] = await database.rows<{ name: string }>('select attname as name from pg_attribute where attrelid = $1::regclass and attnum = 2', [table])
  return row?.name ?? ''
}
const changes = async (table: string): Promise<string[]> => {
  const column = await secondColumn(table)
  return [`update ${table} set ${column} = ${column}`, `delete from ${table}`, `truncate ${table} cascade`]
}

describe('nobody changes the log', () => {
  it('has its tables and their partitions under test', () => {
    expect(tables).toEqual(expect.arrayContaining(['disclosure', 'disclosure_entry', 'leaf', 'commitment', 'writer', expect.stringMatching(/^disclosure_entry_y5_\d{4}_\d{2}$/)]))
  })

  it.each(roles)('not %s', async (role) => {
    const pool = database.pool(role)
    for (const table of tables) for (const sql of await changes(table)) await expect(pool.query(sql), sql).rejects.toMatchObject(refused)
  })

  it('not the owner, though it may, nor the superuser, nor one that plays a replica', async () => {
    for (const setting of ['set role oversight_owner', 'reset role', `set session_replication_role = 'replica'`]) {
      await database.admin.query(setting)
      for (const table of tables) {
        for (const sql of await changes(table)) {
          await expect(database.admin.query(sql), `${setting}; ${sql}`).rejects.toMatchObject({ ...refused, message: expect.stringContaining('append-only') })
        }
      }
    }
    await database.admin.query('reset session_replication_role')
  })

  it('and the owner can not log in', async () => {
    const client = new Client({ ...database.as(), user: 'oversight_owner' } as ConstructorParameters<typeof Client>[0])
    await expect(client.connect()).rejects.toThrow()
  })
})

describe('each role has what its work needs and no more', () => {
  const mayInsert = (role: string) =>
    database.rows<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v')
       and has_table_privilege($1, oid, 'insert')`,
      [role],
    )
  const maySelect = (role: string) =>
    database.rows<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v')
       and has_table_privilege($1, oid, 'select') order by relname`,
      [role],
    )
  const mayExecute = (role: string) =>
    database.rows<{ name: string }>(
      `select proname as name from pg_proc where pronamespace = 'public'::regnamespace and has_function_privilege($1, oid, 'execute') order by proname`,
      [role],
    )
  const names = (rows: { name: string }[]): string[] => rows.map(({ name }) => name)

  it('writers append and do nothing else', async () => {
    expect(names(await mayExecute('oversight_writer'))).toEqual(['append_disclosures'])
    expect(names(await maySelect('oversight_writer'))).toEqual([])
    expect(names(await mayInsert('oversight_writer'))).toEqual([])
  })

  it('the subgraph reads', async () => {
    expect(names(await mayExecute('oversight_app'))).toEqual(['record_id_bound'])
    expect(names(await mayInsert('oversight_app'))).toEqual([])
    expect(names(await maySelect('oversight_app'))).toEqual(expect.arrayContaining(['access_event', 'disclosure_record', 'leaf']))
  })

  it('the sequencer adds leaves and prepares partitions', async () => {
    expect(names(await mayExecute('oversight_sequencer'))).toEqual(['prepare_partitions'])
    expect(names(await mayInsert('oversight_sequencer'))).toEqual(['leaf'])
    expect(names(await maySelect('oversight_sequencer'))).toEqual(['commitment', 'leaf', 'writer'])
  })

  it.each(['oversight_keeper', 'oversight_controller'])('%s approves and expires', async (role) => {
    expect(names(await mayExecute(role))).toEqual(['approve_expiry', 'expire_partition'])
    expect(names(await mayInsert(role))).toEqual([])
    expect(names(await maySelect(role))).toEqual(['expired_partition', 'expiry_approval', 'log_partition', 'retention_class'])
  })

  it('an inserted leaf that leaves a gap or contradicts its record is refused', async () => {
    const pool = database.pool('oversight_sequencer')
    const insert = (index: number, hash: string) =>
      pool.query(`insert into leaf select $1, writer_id, counter, record_id, ${hash} from commitment limit 1`, [index])
    await expect(insert(1, 'leaf_hash')).rejects.toMatchObject({ code: 'P0G01' })
    await expect(insert(0, 'sha256(leaf_hash)')).rejects.toMatchObject({ code: 'P0B01' })
    await expect(insert(0, 'leaf_hash')).resolves.toMatchObject({ rowCount: 1 })
  })
})

describe('the database knows a delayed entry needs its day', () => {
  it('and refuses Art. 19(1)(b) without one', async () => {
    await expect(
      database.admin.query(
        `insert into disclosure_entry select id, record_id, at, subject, coordinates, outcome, code, level, rule, '19.1.b', citation,
         consent_id, consent_version, case_number, null, protective from disclosure_entry`,
      ),
    ).rejects.toMatchObject({ code: '23514' })
  })
})
