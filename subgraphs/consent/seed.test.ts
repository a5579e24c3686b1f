import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { classesFromSdl } from '../../policy/classification.ts'
import { isSensitive } from '../../policy/consent.ts'
import { subgraphDocument } from '../../schema/subgraph-document.ts'
import { loadPersonas } from '../../synthetic/personas.ts'
import { createPopulation } from '../../synthetic/population.ts'
import { bankOf, citizenOf } from '../../test/support/consent-database.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/create-test-database.ts'
import { createFactStore } from '../kit/fact-store.ts'
import { createPool } from '../kit/postgres/create-pool.ts'
import definition from './index.ts'
import { loadSeedCases } from './seeding/seed-cases.ts'
import { loadSeedConsents } from './seeding/seed-consents.ts'

const population = createPopulation({ seed: 7, size: 1000 })
const persona = {
  citizen: '901085000101',
  neighbour: '901187000102',
  parent: '901190000103',
  smallChild: '901322000104',
  child: '901214000105',
  spouse: '901186000106',
}
let database: TestDatabase
let pools: ReturnType<typeof createPool>[]
beforeAll(async () => {
  database = await createTestDatabase(definition, population)
  pools = [database.as('consent_reader'), database.superuser].map((config) =>
    createPool(config, { applicationName: 'test', max: 2 }),
  )
})
afterAll(async () => {
  for (const pool of pools) await pool.end()
  await database.drop()
})
const factsOf = async (person: string, principal = bankOf()) => {
  const [reader] = pools
  return reader && (await createFactStore(reader).load([person], principal, 'trace')).get(person)
}

describe('what the seed names', () => {
  const folder = join(import.meta.dirname, '..')
  const named = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'schema.graphql')))
  const { classes } = classesFromSdl(
    named.map((name) => subgraphDocument({ name, folder: join(folder, name) })),
    { agencies: new Set(), dictionary: new Set() },
  )

  it('exists: every coordinate of its cases and consents, at a level that they open', () => {
    const { fields, consents } = loadSeedConsents()
    const consented = [...consents.flatMap((one) => one.coordinates), ...Object.keys(fields)]
    for (const coordinate of consented) expect(['L2', 'L3'], coordinate).toContain(classes.get(coordinate)?.level)
    for (const coordinate of loadSeedCases().flatMap((one) => one.coordinates))
      expect(['L2', 'L3', 'L4'], coordinate).toContain(classes.get(coordinate)?.level)
  })

  it('is described as the classes have it: owner and sensitivity', () => {
    for (const [coordinate, { owner, sensitive }] of Object.entries(loadSeedConsents().fields)) {
      const found = classes.get(coordinate)
      expect([found?.owner, found && isSensitive(found)], coordinate).toEqual([owner, sensitive])
    }
  })

  it('has for each persona the cases that the personas list', () => {
    for (const { cases, claims, persona: name } of loadPersonas()) {
      const own = loadSeedCases().filter((one) => one.persona === name)
      expect(own.map(({ number, subjects }) => ({ number, subjects }))).toEqual(cases)
      for (const one of own)
        expect([one.organisation, one.officers]).toEqual([claims?.org, [claims?.act?.sub ?? claims?.sub]])
    }
  })
})

describe('the seeded database', () => {
  it('holds a live, an expired and a withdrawn consent, and a request', async () => {
    const states = await Promise.all(
      [persona.citizen, persona.parent, persona.spouse, persona.neighbour].map(async (person) =>
        (await factsOf(person))?.consents.map(({ state }) => state),
      ),
    )
    expect(states).toEqual([['GRANTED'], ['EXPIRED'], ['REVOKED'], []])
    const { rows } = (await pools[1]?.query(
      'select subject, state, is_chain_whole(id) as whole from consent order by id',
    )) ?? { rows: [] }
    expect(rows.map(({ whole }) => whole)).toEqual([true, true, true, true])
    expect(rows[3]).toMatchObject({ subject: persona.neighbour, state: 'REQUESTED' })
  })

  it('lets a parent speak for both children, and for nobody else', async () => {
    const parent = citizenOf(persona.parent)
    const seen = await Promise.all(
      [persona.smallChild, persona.child, persona.citizen].map((person) => factsOf(person, parent)),
    )
    expect(seen.map((facts) => [facts?.subjectClass, facts?.relation])).toEqual([
      ['CHILD_UNDER_7', 'REPRESENTATIVE'],
      ['CHILD_7_17', 'REPRESENTATIVE'],
      ['ADULT', 'OTHER'],
    ])
  })

  it('has everybody of the population who is not missing from it, and leaves nothing to ship', async () => {
    const known = [...population.persons()].filter((person) => !person.absentFrom.has('consent')).length
    const { rows } = (await pools[1]?.query(
      'select (select count(*)::int from subject) as subjects, (select count(*)::int from consent_event) - (select count(*)::int from consent_event_shipped) as waiting',
    )) ?? { rows: [] }
    expect(rows).toEqual([{ subjects: known, waiting: 0 }])
  })
})
