import type { Client } from 'pg'
import { loadReference } from '../../synthetic/reference.ts'
import type { Person, Walk } from '../../synthetic/types.ts'
import { withKin } from '../../synthetic/with-kin.ts'
import type { CopyValue } from '../kit/postgres/copy-rows.ts'
import { loadInBulk } from '../kit/postgres/load-in-bulk.ts'
import { createCitizenRows, populationTables } from './seeding/citizen-rows.ts'

/** Fills the population database in one walk over everybody it knows. */
export async function seed(client: Client, population: Walk): Promise<void> {
  const reference = loadReference()
  const rowsOf = createCitizenRows(reference, population.asOf)
  const provinceNames = new Map(reference.places.map((place) => [place.province, place.provinceName]))
  await loadInBulk(client, populationTables, async (batches) => {
    let household: string | null = null
    for await (const { person, kin } of withKin(population.persons())) {
      if (person.absentFrom.has('population')) continue
      if (person.householdId !== household) {
        await batches.settle()
        const commune = person.currentCommune === null ? undefined : reference.placeByCommune.get(person.currentCommune)
        batches.add(
          'household',
          householdRow(person, commune?.fullName, provinceNames.get(person.currentProvince) ?? ''),
        )
        household = person.householdId
      }
      for (const [table, row] of rowsOf(person, kin)) batches.add(table, row)
    }
  })
}

function householdRow(person: Person, commune: string | undefined, province: string): readonly CopyValue[] {
  const address = commune === undefined ? province : `${person.addressLine}, ${commune}, ${province}`
  return [person.householdId, address, person.currentProvince, person.currentCommune]
}
