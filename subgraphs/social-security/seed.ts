import type { Client } from 'pg'
import { householdsFromPersons } from '../../synthetic/households-from-persons.ts'
import { lifeIn } from '../../synthetic/life.ts'
import { loadReference } from '../../synthetic/reference.ts'
import type { Walk } from '../../synthetic/types.ts'
import { loadInBulk } from '../kit/postgres/load-in-bulk.ts'
import { createEmployers } from './seeding/employers.ts'
import { readParameters } from './seeding/parameters.ts'
import { createPersonRows, personTables } from './seeding/person-rows.ts'
import { seedReference } from './seeding/seed-reference.ts'

/** Fills the social-security database: law and employers, then everybody it knows, household by household. */
export async function seed(client: Client, population: Walk): Promise<void> {
  const { provinces } = loadReference()
  const parameters = readParameters()
  const people = new Map([...provinces].map(([code, province]) => [code, province.population]))
  const employers = createEmployers(population.seed, population.size, people)
  await seedReference(client, parameters, employers)

  const disadvantagedPct = (province: string): number => provinces.get(province)?.disadvantagedPct ?? 0
  const rowsOf = createPersonRows({ employers, parameters, disadvantagedPct, asOf: population.asOf })
  await loadInBulk(client, personTables, async (batches) => {
    for await (const household of householdsFromPersons(population.persons())) {
      for (const person of household) {
        if (person.absentFrom.has('social-security')) continue
        for (const { table, row } of rowsOf(lifeIn('social-security', person, population.asOf), household))
          batches.add(table, row)
      }
      await batches.settle()
    }
  })
}
