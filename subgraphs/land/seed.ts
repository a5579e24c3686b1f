import type { Client } from 'pg'
import { householdsFromPersons } from '../../synthetic/households-from-persons.ts'
import { loadReference } from '../../synthetic/reference.ts'
import type { Walk } from '../../synthetic/types.ts'
import { loadInBulk } from '../kit/postgres/load-in-bulk.ts'
import { addIdentity } from './seeding/add-identity.ts'
import { writeFixedParcels } from './seeding/fixed-parcels.ts'
import { organisationHolder } from './seeding/holders.ts'
import { createHouseholdLand } from './seeding/household-land.ts'
import { createLandRows, landTables } from './seeding/land-rows.ts'
import { createOrganisations } from './seeding/organisations.ts'
import { createParcelSites } from './seeding/parcel-sites.ts'
import { createSerials } from './seeding/serials.ts'

/** The commune of the personas (synthetic/fixed-people.yaml). */
const fixedCommune = '00004'

/** Fills the register from the population, household by household: memory does not grow with it but for who has land. */
export async function seed(client: Client, population: Walk): Promise<void> {
  const reference = loadReference()
  const siteIn = createParcelSites(reference.places)
  const place = reference.placeByCommune.get(fixedCommune)
  if (place === undefined) throw new Error(`no commune ${fixedCommune}`)

  await loadInBulk(client, landTables, async (batches) => {
    const writing = { rows: createLandRows(batches), serials: createSerials(), known: new Set<string>() }
    const organisations = createOrganisations(population.seed, writing, siteIn)
    const developer = organisationHolder(
      organisations.add((number) => `Công ty phát triển nhà mẫu số ${number}`),
      'DOMESTIC_ORG',
    )
    const fixedOwners = writeFixedParcels(writing, place, developer)
    const addLandOf = createHouseholdLand({ reference, writing, organisations, siteIn, developer })
    for await (const members of householdsFromPersons(population.persons())) {
      if (!members.some(({ personalId }) => fixedOwners.has(personalId))) addLandOf(members)
      for (const member of members) addIdentity(writing, member)
      await batches.settle()
    }
  })
}
