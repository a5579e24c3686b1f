import type { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { disclosureRecord, entry, officer } from '../../test/support/disclosures.ts'
import { entryHash } from '../../evidence/statement.ts'
import { closedRow } from '../../policy/decide-early.ts'
import { oversightDatabase } from '../../test/support/oversight-database.ts'
import type { OversightDatabase } from '../../test/support/oversight-database.ts'

const citizen = '901085000101'
const record = () => disclosureRecord([entry(citizen)], new Date())

let database: OversightDatabase
beforeAll(async () => {
  database = await oversightDatabase()
})
afterAll(() => database.close())

describe('the append function', () => {
  const signature = Buffer.alloc(64)
  type Made = { writer: string; entry: string; bodies: string[] }
  const call = (pool: Pool, { writer, entry, bodies }: Made, key = Buffer.from('key')) =>
    pool.query('select append_disclosures($1, $2, $3, $4, $5, $6, $7)', [
      writer,
      'test',
      key,
      bodies,
      bodies.map(() => entry).join('\n'),
      bodies.map((body) => (JSON.parse(body).counter === 1 ? null : Buffer.alloc(32))),
      bodies.map(() => signature),
    ])

  /** The body of a real record, changed; its one entry beside it. */
  async function bodies(changes: Record<string, unknown>[]): Promise<Made> {
    const log = database.log()
    await log.append(record())
    const [row] = await database.rows<{ body: Buffer; entry: Buffer }>(
      `select d.body, e.body as entry from disclosure d join writer w on w.id = d.writer_id
       join disclosure_entry e on e.record_id = d.id where w.name = $1`,
      [log.writer],
    )
    const writer = `population/${crypto.randomUUID()}`
    const base = JSON.parse(row?.body.toString() ?? '')
    return {
      writer,
      entry: row?.entry.toString() ?? '',
      bodies: changes.map((change, index) =>
        JSON.stringify({ ...base, writer, id: sibling(base.id, index + 1), ...change }),
      ),
    }
  }
  const sibling = (id: string, index: number): string => `${id.slice(0, 24)}${index.toString(16).padStart(8, '0')}0000`

  it.each([
    ['a gap at the start', [{ counter: 2 }]],
    ['a gap between two', [{ counter: 1 }, { counter: 3 }]],
    ['a repetition', [{ counter: 1 }, { counter: 1 }]],
    ['the wrong order', [{ counter: 2 }, { counter: 1 }]],
    ['no counter', [{ counter: null }]],
    ['another writer', [{ counter: 1, writer: 'land/00000000-0000-4000-8000-000000000000' }]],
  ])('refuses %s', async (_what, changes) => {
    const made = await bodies(changes)
    await expect(call(database.pool('oversight_writer'), made)).rejects.toMatchObject({ code: 'P0G01' })
  })

  it('refuses a counter that was used', async () => {
    const pool = database.pool('oversight_writer')
    const made = await bodies([{ counter: 1 }, { counter: 1 }])
    await call(pool, { ...made, bodies: made.bodies.slice(0, 1) })
    const again = { ...made, bodies: made.bodies.slice(1) }
    await expect(call(pool, again)).rejects.toMatchObject({ code: 'P0G01' })
  })

  it('refuses an id that lies about its time or class', async () => {
    const made = await bodies([{ counter: 1 }])
    const base = JSON.parse(made.bodies[0] ?? '')
    const higher = made.entry.replace('"L2"', '"L4"')
    const lies = [
      { ...made, bodies: [JSON.stringify({ ...base, at: '2020-01-01T00:00:00.000Z' })] },
      { ...made, entry: higher, bodies: [JSON.stringify({ ...base, entries: [entryHash(higher)] })] },
    ]
    for (const lie of lies)
      await expect(call(database.pool('oversight_writer'), lie)).rejects.toMatchObject({ code: '23514' })
  })

  it('refuses entries that are not those whose hashes stand in the body', async () => {
    const made = await bodies([{ counter: 1 }])
    const base = JSON.parse(made.bodies[0] ?? '')
    const wrong = [
      { ...made, entry: made.entry.replace('"L2"', '"L1"') },
      { ...made, bodies: [JSON.stringify({ ...base, entries: [] })] },
      { ...made, bodies: [JSON.stringify({ ...base, entries: [...base.entries, base.entries[0]] })] },
    ]
    for (const one of wrong)
      await expect(call(database.pool('oversight_writer'), one)).rejects.toMatchObject({ code: 'P0B02' })
  })

  it('refuses another key for a registered writer', async () => {
    const pool = database.pool('oversight_writer')
    const made = await bodies([{ counter: 1 }, { counter: 2 }])
    await call(pool, { ...made, bodies: made.bodies.slice(0, 1) })
    const later = { ...made, bodies: made.bodies.slice(1) }
    await expect(call(pool, later, Buffer.from('other'))).rejects.toMatchObject({ code: 'P0K01' })
  })

  it('stores in its columns only what the signed body and its entries say', async () => {
    const log = database.log()
    const citizenInPerson = officer({
      kind: 'CITIZEN',
      org: null,
      unit: null,
      roles: [],
      actor: 'an-app',
      purpose: null,
    })
    const entries = [
      entry(citizen, {
        facts: [{ coordinates: ['Citizen.fullName'], row: closedRow }],
        basis: 'CONSENT',
        consentId: 'c1',
        consentVersion: 3,
        caseNumber: 'HT-2026-000001',
      }),
      entry('901187000102', { coordinates: ['Citizen.sex', 'Citizen.fullName'], outcome: 'DENY', code: 'NOT_FOUND' }),
    ]
    for (const caller of [officer({ roles: ['a', 'b"'], caseNumber: 'HT-2026-000001' }), citizenInPerson]) {
      await log.append(disclosureRecord(entries, new Date(), caller))
    }
    await log.append(disclosureRecord([], new Date()))
    const rows = await database.rows<{ body: Buffer; entries: string[] | null; columns: unknown }>(
      `select body, (select array_agg(convert_from(e.body, 'UTF8') order by e.id) from disclosure_entry e where e.record_id = d.id) as entries,
        jsonb_build_object('v', 3, 'id', d.id, 'writer', w.name, 'counter', counter, 'at', ${iso('at')},
        'trace', trace_id, 'request', request_id, 'service', service, 'purpose', purpose, 'case', case_number,
        'operation', operation, 'bundle', bundle_hash, 'schema', schema_hash,
        'caller', jsonb_build_object('kind', caller_kind, 'organisation', organisation, 'organisationKind', organisation_kind, 'unit', unit, 'roles', to_jsonb(roles),
          'app', app, 'actor', actor_code, 'staff', staff_code, 'accountLevel', account_level, 'authnLevel', authn_level),
        'entries', coalesce((select jsonb_agg(jsonb_build_object('subject', subject, 'coordinates', to_jsonb(coordinates),
          'outcome', outcome, 'code', code, 'level', level, 'rule', rule, 'basis', basis, 'citation', citation,
          'consentId', consent_id, 'consentVersion', consent_version, 'case', e.case_number,
          'revealAfter', ${iso('reveal_after')}, 'protective', protective) order by e.id)
          from disclosure_entry e where e.record_id = d.id and e.at = d.at), '[]')) as columns
       from disclosure d join writer w on w.id = d.writer_id where w.name = $1`,
      [log.writer],
    )
    expect(rows).toHaveLength(3)
    for (const { body, entries, columns } of rows) {
      const said = (entries ?? [])
        .map((text) => JSON.parse(text))
        .map(({ salt: _salt, facts: _facts, ...entry }) => entry)
      expect(columns).toEqual({ ...JSON.parse(body.toString()), entries: said })
    }
  })
})

const iso = (column: string): string => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
