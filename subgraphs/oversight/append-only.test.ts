import { Client } from 'pg'
import type { DatabaseError } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { disclosureRecord, entry } from '../../test/support/disclosures.ts'
import { oversightDatabase } from '../../test/support/oversight-database.ts'
import type { OversightDatabase } from '../../test/support/oversight-database.ts'
import oversight from './index.ts'

/** Not of the log: what counts readings and values changes with each, and whose relatives work where changes with time. */
const beside = `'schema_migration', 'reading_sketch', 'reading_lease', 'volume_approval', 'staff_relation', 'metered_use', 'metering_progress', 'claim_try'`
const roles = ['oversight_app', ...(oversight.roles ?? [])]

let database: OversightDatabase
let tables: { name: string; column: string }[]
beforeAll(async () => {
  database = await oversightDatabase()
  await database.log().append(disclosureRecord([entry('901085000101')], new Date()))
  tables = await database.rows(
    `select relname as name, attname as column from pg_class join pg_attribute on attrelid = pg_class.oid and attnum = 2
     where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relname not in (${beside}) order by relname`,
  )
})
afterAll(() => database.close())

/** Every way to change every table, with what the database answers. */
async function attempts(client: {
  query: (sql: string) => Promise<unknown>
}): Promise<{ sql: string; code: string; message: string }[]> {
  const found: { sql: string; code: string; message: string }[] = []
  for (const { name, column } of tables) {
    for (const sql of [`update ${name} set ${column} = ${column}`, `delete from ${name}`, `truncate ${name} cascade`]) {
      const { code, message } = await client.query(sql).then(
        () => ({ code: 'done', message: '' }),
        (error: DatabaseError) => ({ code: error.code ?? '', message: error.message }),
      )
      found.push({ sql, code, message })
    }
  }
  return found
}

describe('nobody changes the log', () => {
  it('has its tables and their partitions under test', () => {
    expect(tables.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'disclosure',
        'disclosure_entry',
        'leaf',
        'commitment',
        'writer',
        expect.stringMatching(/^disclosure_entry_y5_\d{4}$/),
      ]),
    )
  })

  it.each(roles)('not %s', async (role) => {
    const answers = await attempts(database.pool(role))
    expect(answers.filter(({ code }) => code !== '42501')).toEqual([])
  })

  it.each(['set role oversight_owner', 'reset role', `set session_replication_role = 'replica'`])(
    'not its owner or the superuser, after %s',
    async (setting) => {
      await database.admin.query(setting)
      const answers = await attempts(database.admin)
      await database.admin.query('reset role; reset session_replication_role')
      expect(answers.filter(({ message }) => !message.startsWith('the disclosure log is append-only'))).toEqual([])
    },
  )

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
    expect(names(await mayExecute('oversight_writer'))).toEqual([
      'append_disclosures',
      'archive_bundle',
      'count_subjects',
      'log_window',
      'reserve_tries',
      'sharing_counts',
    ])
    expect(names(await maySelect('oversight_writer'))).toEqual([])
    expect(names(await mayInsert('oversight_writer'))).toEqual([])
  })

  it('the subgraph reads', async () => {
    expect(names(await mayExecute('oversight_app'))).toEqual([
      'ask_volume_approval',
      'base64url',
      'give_volume_approval',
      'log_window',
      'readings',
      'record_id_bound',
      'timeline',
    ])
    expect(names(await mayInsert('oversight_app'))).toEqual([])
    expect(names(await maySelect('oversight_app'))).toEqual(
      expect.arrayContaining(['access_event', 'disclosure_record', 'leaf']),
    )
  })

  it('the sequencer adds leaves, nodes and heads and prepares partitions', async () => {
    expect(names(await mayExecute('oversight_sequencer'))).toEqual(['meter_disclosures', 'prepare_partitions'])
    expect(names(await mayInsert('oversight_sequencer')).toSorted()).toEqual(['leaf', 'tree_head', 'tree_node'])
    expect(names(await maySelect('oversight_sequencer'))).toEqual([
      'commitment',
      'leaf',
      'tree_head',
      'tree_node',
      'writer',
    ])
  })

  it.each(['oversight_keeper', 'oversight_controller'])('%s approves and expires', async (role) => {
    expect(names(await mayExecute(role))).toEqual(['approve_expiry', 'expire_partition'])
    expect(names(await mayInsert(role))).toEqual([])
    expect(names(await maySelect(role))).toEqual([
      'expired_partition',
      'expiry_approval',
      'log_partition',
      'retention_class',
    ])
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

describe('what is delayed', () => {
  it('is kept out of the index that pages walk, so that their time tells nothing', async () => {
    const indexes = await database.rows<{ definition: string }>(
      `select pg_get_indexdef(indexrelid) as definition from pg_index
       where indrelid = 'disclosure_entry'::regclass and not indisprimary`,
    )
    expect(indexes.map(({ definition }) => definition.replace(/^.*USING btree /, '')).toSorted()).toEqual([
      '(subject, protective, id DESC) WHERE ((subject IS NOT NULL) AND (reveal_after IS NULL))',
      '(subject, reveal_after) WHERE ((subject IS NOT NULL) AND (reveal_after IS NOT NULL))',
    ])
  })

  it('can not be stored on Art. 19(1)(b) without its day', async () => {
    await expect(
      database.admin.query(
        `insert into disclosure_entry select id, record_id, at, subject, coordinates, outcome, code, level, rule, '19.1.b', citation,
         consent_id, consent_version, case_number, null, protective, body from disclosure_entry`,
      ),
    ).rejects.toMatchObject({ code: '23514' })
  })
})
