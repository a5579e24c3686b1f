import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Client } from 'pg'
import type { PoolConfig } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { createPopulation } from '../../synthetic/population.ts'
import { loadReference } from '../../synthetic/reference.ts'
import { createTestDatabase } from '../../test/support/create-test-database.ts'
import type { TestDatabase } from '../../test/support/create-test-database.ts'
import { refusal } from '../../test/support/refusal.ts'
import { seedDatabase } from '../kit/postgres/seed-database.ts'
import land from './index.ts'

type RefusedRow = { name: string; sql: string; constraint: string }
const refused = parse(readFileSync(new URL('refused-rows.cases.yaml', import.meta.url), 'utf8')) as RefusedRow[]

const population = createPopulation({ seed: 1, size: 3000 })
let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase(land, population)
})
afterAll(() => database.drop())

async function withClient<T>(config: PoolConfig, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client(config as ConstructorParameters<typeof Client>[0])
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

const rowsOf = <Row>(sql: string): Promise<Row[]> =>
  withClient(database.superuser, async (client) => (await client.query(sql)).rows as Row[])

describe('the database', () => {
  it.each(refused)('refuses $name', async ({ sql, constraint }) => {
    expect(await refusal(database.superuser, sql)).toBe(constraint)
  })

  it('lets part of a right change hands within one transaction', async () => {
    const sale = `update land_right set share = 0.4 where parcel_id = '00004_12_345' and personal_id = '901085000101';
      update land_right set share = 0.6 where parcel_id = '00004_12_345' and personal_id = '901186000106'`
    expect(await refusal(database.superuser, sale)).toBeNull()
  })

  it('gives its application role no way to write', () =>
    withClient(database.as(), async (application) => {
      for (const table of ['parcel', 'land_right', 'person'])
        await expect(application.query(`delete from ${table}`)).rejects.toMatchObject({ code: '42501' })
    }))
})

describe('the synthetic register', () => {
  it('knows only people of the population who can have land: grown up, or heirs, and alive when it was registered', async () => {
    const people = new Map([...population.persons()].map((person) => [person.personalId, person]))
    const holders = await rowsOf<{ id: string; day: string; inherited: boolean }>(`
      select personal_id as id, registered_on::text as day, exists (select from land_change c
        where c.parcel_id = r.parcel_id and c.change_type = 'INHERITANCE') as inherited
      from land_right r where personal_id is not null`)
    expect(holders.length).toBeGreaterThan(1000)
    for (const { id, day, inherited } of holders) {
      const person = people.get(id)
      expect(person?.absentFrom.has('land')).toBe(false)
      expect(Number(day.slice(0, 4)) - (person?.birthYear ?? 9999)).toBeGreaterThanOrEqual(inherited ? 0 : 21)
      expect(person?.diedOn === null || day <= (person?.diedOn ?? '')).toBe(true)
    }
    const known = await rowsOf<{ id: string }>('select personal_id as id from person')
    expect(known.length).toBeLessThan(people.size)
    expect(known.filter(({ id }) => !people.has(id))).toEqual([])
  })

  it("keeps everybody's land in the province they live in", async () => {
    const { placeByCommune } = loadReference()
    const homes = new Map(
      [...population.persons()].map((one) => [one.personalId, placeByCommune.get(one.permanentCommune)?.province]),
    )
    const rows = await rowsOf<{ id: string; province: string }>(
      'select personal_id as id, province_code as province from land_right_entry where personal_id is not null',
    )
    expect(rows.filter(({ id, province }) => homes.get(id) !== province)).toEqual([])
  })

  it('has urban homes in wards alone and rural ones elsewhere', async () => {
    const odd = await rowsOf(`select 1 from land_use u join parcel p using (parcel_id)
      where u.use_type = 'ONT' and p.address ~ 'Phường' or u.use_type = 'ODT' and p.address ~ 'Xã|Đặc khu'`)
    expect(odd).toEqual([])
  })

  it('mortgages about a tenth, and has heirs, households and organisations', async () => {
    const [found] = await rowsOf<Record<'mortgaged' | 'heirs' | 'households' | 'organisations', number>>(`select
      avg((exists (select from restriction x
        where x.right_id = r.id and x.kind = 'MORTGAGE' and x.lifted_on is null))::int)::float8 as mortgaged,
      count(*) filter (where r.share not in (1, 0.5))::int as heirs,
      count(*) filter (where r.user_type = 'HOUSEHOLD')::int as households,
      count(*) filter (where r.tax_code is not null)::int as organisations
      from land_right r where r.kind = 'LAND_USE'`)
    expect(found?.mortgaged).toBeGreaterThan(0.05)
    expect(found?.mortgaged).toBeLessThan(0.14)
    expect(Math.min(found?.heirs ?? 0, found?.households ?? 0, found?.organisations ?? 0)).toBeGreaterThan(5)
  })

  it('has every usual kind of restriction, asset and change', async () => {
    const kinds = await rowsOf<{ kind: string }>(`select kind from restriction
      union select asset_type from attached_asset union select change_type from land_change`)
    const usual =
      'MORTGAGE SEIZURE DISPUTE FINANCIAL_DEBT PLANNING HOUSE APARTMENT CONSTRUCTION ' +
      'TRANSFER INHERITANCE DONATION ADMIN_MERGER REISSUE SPLIT EXTEND'
    expect(kinds.map(({ kind }) => kind)).toEqual(expect.arrayContaining(usual.split(' ')))
  })

  it('says one thing: papers follow the right they are of, prices and debts go with what they come from', async () => {
    const contradictions = await rowsOf(`
      select 'certificate before registration' as what from certificate_entry c join land_right r on r.id = c.right_id
        where c.issued_at < r.registered_on
      union all select 'replaced without a valid one' from certificate_entry c where c.status = 'REPLACED'
        and not exists (select from certificate_entry v where v.right_id = c.right_id and v.status = 'VALID')
      union all select 'two valid ones' from certificate_entry where status = 'VALID' group by right_id having count(*) > 1
      union all select 'restricted before registration' from restriction x join land_right r on r.id = x.right_id
        where x.registered_on < r.registered_on
      union all select 'price without a purchase' from land_right r where r.transaction_price is not null
        and not exists (select from land_change c where c.parcel_id = r.parcel_id and c.change_type = 'TRANSFER')
      union all select 'debt without its entry' from land_right r where r.financial_obligation > 0
        and not exists (select from restriction x join land_right s on s.id = x.right_id
          where x.kind = 'FINANCIAL_DEBT' and s.parcel_id = r.parcel_id)`)
    expect(contradictions).toEqual([])
  })

  it('is the same for the same population, byte for byte', async () => {
    const { seed, ...empty } = land
    const few = createPopulation({ seed: 2, size: 300 })
    const digests: string[] = []
    for (let round = 0; round < 2; round++) {
      const other = await createTestDatabase(empty)
      const digest = await withClient(other.superuser, async (client) => {
        if (seed !== undefined) await seedDatabase(client, seed, few)
        return digestOf(client)
      })
      digests.push(digest)
      await other.drop()
    }
    expect(digests[0]).toBe(digests[1])
  })
})

async function digestOf(client: Client): Promise<string> {
  const hash = createHash('sha256')
  for (const table of ['parcel', 'land_use', 'land_right', 'land_certificate', 'restriction', 'land_change_party']) {
    const { rows } = await client.query<{ text: string }>(`select t::text as text from ${table} t order by 1`)
    hash.update(rows.map(({ text }) => text).join('\n'))
  }
  return hash.digest('hex')
}
