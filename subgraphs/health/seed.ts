import type { Client } from 'pg'
import { householdsFromPersons } from '../../synthetic/households-from-persons.ts'
import { lifeIn } from '../../synthetic/life.ts'
import { loadReference } from '../../synthetic/reference.ts'
import type { Walk } from '../../synthetic/types.ts'
import { loadInBulk } from '../kit/postgres/load-in-bulk.ts'
import { createPatients, patientTables } from './seeding/patients.ts'
import { createFacilities } from './seeding/facilities.ts'
import { createDiagnoses } from './seeding/diagnoses.ts'
import { seedReference } from './seeding/seed-reference.ts'

/** Fills the health database: code lists and facilities, then everybody it knows, household by household. */
export async function seed(client: Client, population: Walk): Promise<void> {
  const reference = loadReference()
  const facilities = createFacilities(
    reference.places,
    (province) => reference.provinces.get(province)?.population ?? 0,
  )
  const diagnoses = createDiagnoses()
  await seedReference(client, diagnoses, facilities)

  const rowsOf = createPatients(diagnoses, facilities, population.asOf)
  await loadInBulk(client, patientTables, async (batches) => {
    for await (const household of householdsFromPersons(population.persons())) {
      for (const person of household) {
        if (person.absentFrom.has('health')) continue
        for (const { table, row } of rowsOf(lifeIn('health', person, population.asOf), household))
          batches.add(table, row)
      }
      await batches.settle()
    }
  })
}
