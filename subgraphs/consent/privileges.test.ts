/** What each role of the consent database can do, asked of PostgreSQL itself. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { consentDatabase, people, type ConsentDatabase } from '../../test/support/consent-database.ts'

let db: ConsentDatabase
beforeAll(async () => {
  db = await consentDatabase()
})
afterAll(() => db.close())

const names = async (sql: string): Promise<string[]> =>
  (await db.admin.query<{ name: string }>(sql)).rows.map(({ name }) => name)

describe('consent_reader', () => {
  it('may call three functions and touch no table', async () => {
    expect(
      await names(`select p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
                    where n.nspname = 'public' and has_function_privilege('consent_reader', p.oid, 'execute') order by 1`),
    ).toEqual(['consent_facts', 'request_facts', 'reserve_reads'])
    expect(
      await names(`select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
                    where n.nspname = 'public' and c.relkind in ('r', 'v', 'S')
                      and has_table_privilege('consent_reader', c.oid, 'select, insert, update, delete, truncate')`),
    ).toEqual([])
    await expect(db.reader.query('select 1 from subject')).rejects.toMatchObject({ code: '42501' })
    await expect(db.reader.query("select class_today('901080000001')")).rejects.toMatchObject({ code: '42501' })
  })

  it('can not put tables of its own in the way of what the functions read', async () => {
    const client = await db.reader.connect()
    await expect(client.query('create table public.subject_of_mine (a int)')).rejects.toMatchObject({ code: '42501' })
    const shadowed = client.query(
      `create temporary table subject as select '${people.child}'::text as personal_id, '1950' as born_on`,
    )
    await shadowed.catch(() => undefined)
    const { rows } = await client.query(
      "select subject_class from request_facts($1, null, null, null, null, 'x', null, 't')",
      [[people.child]],
    )
    expect(rows).toEqual([{ subject_class: 'CHILD_7_17' }])
    client.release(true)
  })
})

describe('consent_app', () => {
  it('deletes nothing, and updates one column', async () => {
    expect(
      await names(`select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
                    where n.nspname = 'public' and c.relkind in ('r', 'v') and has_table_privilege('consent_app', c.oid, 'delete, truncate, update')`),
    ).toEqual([])
    expect(
      await names(`select c.relname || '.' || a.attname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
                     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
                    where n.nspname = 'public' and c.relkind = 'r' and has_column_privilege('consent_app', c.oid, a.attnum, 'update')`),
    ).toEqual(['case_file.closed_at'])
  })

  it('can neither end a consent as the system, nor date or hash a version itself', async () => {
    for (const column of ['reason', 'at', 'hash', 'prev_hash', 'version', 'written', 'co_consent']) {
      const insert = db.app.query(
        `insert into consent_version (consent_id, state, actor, ${column}) values (gen_random_uuid(), 'REVOKED', 'SYSTEM', default)`,
      )
      await expect(insert, column).rejects.toMatchObject({ code: '42501' })
    }
    for (const call of [
      "end_consent(gen_random_uuid(), 'REVOKED', 'RESTORED')",
      'replay_withdrawal(gen_random_uuid())',
      "reserve_reads('{}', 't')",
    ]) {
      await expect(db.app.query(`select ${call}`), call).rejects.toMatchObject({ code: '42501' })
    }
  })

  it('opens no case again, moves none to others, and lets nobody join one', async () => {
    await db.admin.query(
      `begin;
       insert into case_file (number, procedure_code, procedure_vi, procedure_en, org, org_vi, org_en, coordinates, registered_by)
         values ('HT-2026-000001', 'HT.1', 'Thủ tục', 'Procedure', 'UBND-00004', 'v', 'e', '{Citizen.fullName}', 'HTTTGQ-TTHC');
       insert into case_subject (case_number, person) values ('HT-2026-000001', '${people.adult}');
       insert into case_handler values ('HT-2026-000001', 'UNIT', 'HO-TICH');
       insert into consent_event (operation, request_id, subjects, coordinates, level, case_number)
         values ('registerCase', 'r', '{${people.adult}}', '{Citizen.fullName}', 'L2', 'HT-2026-000001');
       commit`,
    )
    const late = db.app.query("insert into case_subject (case_number, person) values ('HT-2026-000001', $1)", [
      people.child,
    ])
    await expect(late).rejects.toMatchObject({ code: 'CN001' })
    const helper = db.app.query("insert into case_handler values ('HT-2026-000001', 'STAFF', 'somebody')")
    await expect(helper).rejects.toMatchObject({ code: 'CN001' })
    // Closing without its record is undone at the end of the transaction.
    await expect(db.app.query('update case_file set closed_at = now()')).rejects.toMatchObject({ code: 'CN001' })
    await expect(db.app.query('update case_file set closed_at = null')).rejects.toMatchObject({ code: 'CN001' })
    await expect(db.admin.query("update case_file set org = 'UBND-26740'")).rejects.toMatchObject({ code: 'CN001' })
  })
})
