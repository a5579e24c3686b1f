import type { Client } from 'pg'
import type { Walk } from '../../synthetic/types.ts'
import { seedCases } from './seeding/seed-cases.ts'
import { seedConsents } from './seeding/seed-consents.ts'
import { seedSubjects } from './seeding/seed-subjects.ts'

/** Fills an empty consent database: the population's subjects and guardianships, the open cases and a few consents. */
export async function seed(client: Client, population: Walk): Promise<void> {
  await seedSubjects(client, population)
  await seedCases(client)
  await seedConsents(client)
  // What the seed tells was never a disclosure of this system's: the relay begins after it.
  await client.query('insert into consent_event_shipped (event) select id from consent_event')
}
