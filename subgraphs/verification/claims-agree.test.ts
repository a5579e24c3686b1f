import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { loadYaml } from '../../policy/load-yaml.ts'
import { createPopulation } from '../../synthetic/population.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/create-test-database.ts'
import { verifierRole } from '../kit/postgres/database-names.ts'
import { registry } from '../registry.ts'
import { sources, type Claim, type ClaimName, type Place } from './sources.ts'

const agrees = z.boolean().nullable()
const file = z.strictObject({
  names: z.array(z.strictObject({ held: z.string(), claimed: z.string(), agrees })),
  births: z.array(z.strictObject({ held: z.string(), claimed: z.string(), agrees })),
  ages: z.array(z.strictObject({ held: z.string(), older: z.int(), day: z.iso.date(), agrees })),
})
const cases = loadYaml(
  file,
  readFileSync(new URL('claims-agree.cases.yaml', import.meta.url), 'utf8'),
  'subgraphs/verification/claims-agree.cases.yaml',
)
const person = '901085000101'
const today = '2026-11-20'

const databases = new Map<string, TestDatabase>()
let owner: Client
let verifier: Client
beforeAll(async () => {
  const population = createPopulation({ seed: 20_250_701, size: 1000 })
  for (const definition of registry.filter(({ name }) => name in sources))
    databases.set(definition.name, await createTestDatabase(definition, population))
  owner = new Client(databases.get('population')?.superuser)
  verifier = new Client(databases.get('population')?.as(verifierRole('population')))
  await owner.connect()
  await verifier.connect()
}, 120_000)
afterAll(async () => {
  await owner.end()
  await verifier.end()
  for (const database of databases.values()) await database.drop()
})

const hold = (column: string, value: string) =>
  owner.query(`update citizen set ${column} = $1 where personal_id = $2`, [value, person])

/** What the database answers to one claim, asked as the subgraph asks. */
async function answer(
  name: ClaimName,
  value: Claim['value'],
  changes: { day?: string; place?: Place; of?: string } = {},
) {
  const asked = { person: changes.of ?? person, said: (other: ClaimName) => (other === name ? value : null) }
  const { place, agree } = sources.population
  const found = await verifier.query<Place>(place.text, place.values(asked))
  const at = changes.place ?? found.rows[0] ?? { province_code: null, commune_code: null }
  const { rows } = await verifier.query<Record<string, boolean | null>>(
    agree.text,
    agree.values({ ...asked, place: at, day: changes.day ?? today }),
  )
  return rows[0]?.[name.toLowerCase()]
}

test.each(cases.names)('of a name: $held, $claimed: $agrees', async ({ held, claimed, agrees: expected }) => {
  await hold('full_name', held)
  expect(await answer('FULL_NAME', claimed)).toBe(expected)
})
test.each(cases.births)('of a birth date: $held, $claimed: $agrees', async ({ held, claimed, agrees: expected }) => {
  await hold('date_of_birth', held)
  expect(await answer('DATE_OF_BIRTH', claimed)).toBe(expected)
})
test.each(cases.ages)('$held: $older years on $day: $agrees', async ({ held, older, day, agrees: expected }) => {
  await hold('date_of_birth', held)
  expect(await answer('AGE_OVER', older, { day })).toBe(expected)
})

test('a name agrees however it is written, and never once a syllable is another', async () => {
  const syllable = fc.constantFrom<string>('Nguyễn', 'Trần', 'Văn', 'Thị', 'Minh', 'Ánh', 'Hòa', 'Thúy', 'Đức', 'Quỳnh')
  const ways = fc.constantFrom(
    (text: string) => text.normalize('NFD'),
    (text: string) => text.toUpperCase(),
    (text: string) => text.replaceAll(' ', '   '),
    (text: string) => text.replaceAll('òa', 'oà').replaceAll('úy', 'uý'),
    (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('Đ', 'D').replaceAll('đ', 'd'),
  )
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(syllable, { minLength: 2, maxLength: 4 }),
      fc.array(ways, { maxLength: 3 }),
      fc.nat(3),
      async (syllables, writings, order) => {
        await hold('full_name', syllables.join(' '))
        const orders = [
          syllables,
          [...syllables.slice(1), ...syllables.slice(0, 1)],
          [...syllables.slice(-1), ...syllables.slice(0, -1)],
          syllables.toReversed(),
        ]
        const written = (name: readonly string[]) => writings.reduce((text, way) => way(text), name.join(' '))
        const chosen = orders[order] ?? syllables
        expect(await answer('FULL_NAME', written(chosen))).toBe(true)
        expect(await answer('FULL_NAME', written(chosen.with(0, 'Khánh')))).toBe(false)
      },
    ),
    { numRuns: 60 },
  )
})

describe('nothing is told', () => {
  test('of a number that nobody has, of who was judged to live elsewhere, and of no commune', async () => {
    const elsewhere = { province_code: '79', commune_code: '26740' }
    for (const [name, value] of [
      ['FULL_NAME', 'Nguyễn Văn An'],
      ['DATE_OF_BIRTH', '1985'],
      ['RESIDENCE_COMMUNE', '00004'],
      ['AGE_OVER', 18],
    ] as const) {
      expect(await answer(name, value, { of: '901099999999' })).toBeNull()
      expect(await answer(name, value, { place: elsewhere })).toBeNull()
    }
    await owner.query('update citizen set commune_code = null where personal_id = $1', [person])
    expect(await answer('RESIDENCE_COMMUNE', '00004')).toBeNull()
  })

  test('by a role that can call two functions of a database and read nothing', async () => {
    for (const [name, database] of databases) {
      const client = new Client(database.as(verifierRole(name)))
      await client.connect()
      const { rows: open } = await client.query(
        `select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v', 'm', 'p')
           and has_any_column_privilege(c.oid, 'select, insert, update, references')`,
      )
      expect(open).toEqual([])
      const { rows: callable } = await client.query<{ name: string }>(
        `select proname as name from pg_proc where pronamespace = 'public'::regnamespace and prosecdef
           and has_function_privilege(oid, 'execute') order by 1`,
      )
      expect(callable.map((one) => one.name)).toEqual(['claim_place', 'claims_agree'])
      await client.end()
    }
  })
})
