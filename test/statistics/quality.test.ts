import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { withClient } from '../../subgraphs/kit/postgres/with-client.ts'
import { registry } from '../../subgraphs/registry.ts'
import { disagreements } from '../../synthetic/disagreements.ts'
import { createPopulation } from '../../synthetic/population.ts'
import { createTestDatabase, type TestDatabase } from '../support/create-test-database.ts'
import { fillQuality } from '../support/fill-quality.ts'

const population = createPopulation({ seed: 20_250_701, size: 1000 })
const names = ['catalogue', 'population', 'land', 'health', 'social-security', 'oversight', 'statistics']
const databases = new Map<string, TestDatabase>()

beforeAll(async () => {
  for (const definition of registry.filter(({ name }) => names.includes(name)))
    databases.set(definition.name, await createTestDatabase(definition, population))
}, 240_000)
afterAll(async () => {
  for (const database of databases.values()) await database.drop()
})

const rows = (name: string, text: string, role?: string): Promise<Record<string, unknown>[]> => {
  const database = databases.get(name)
  const at = role === undefined ? database?.superuser : database?.as(role)
  return withClient(at ?? {}, async (client) => (await client.query<Record<string, unknown>>(text)).rows)
}

describe('a measuring', { timeout: 60_000 }, () => {
  test('finds the planted disagreements, all of them and only those, each in its own database', async () => {
    expect(await fillQuality(databases)).toMatchObject({ isDone: true, failures: 0 })
    const found = []
    for (const name of ['population', 'land', 'health', 'social-security']) {
      const steward = `${name.replaceAll('-', '_')}_steward`
      for (const { personal_id: id, field } of await rows(name, 'select * from quality_finding', steward))
        found.push(`${name} ${String(field)} ${String(id)}`)
    }
    const planted = disagreements(population).map(({ domain, field, personalId }) => `${domain} ${field} ${personalId}`)
    expect(planted.length).toBeGreaterThanOrEqual(24)
    expect(found.toSorted()).toEqual(planted.toSorted())
  })
})
