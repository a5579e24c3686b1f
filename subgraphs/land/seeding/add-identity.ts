import { identityIn } from '../../../synthetic/life.ts'
import type { Person } from '../../../synthetic/types.ts'
import type { Writing } from './write-parcel.ts'

/**
 * Adds name and year of birth of somebody the register knows, as it holds them. Whom it is to hold wrongly it knows too:
 * they once had a right. To be called once a person, when the land of their household is there; who comes in later, as
 * somebody that land was bought from, stays without a name as many an old file does.
 */
export function addIdentity({ rows, known }: Writing, person: Person): void {
  const { personalId } = person
  if (!known.has(personalId) && person.planted?.domain === 'land') {
    known.add(personalId)
    rows.add('person', personalId)
  }
  if (!known.has(personalId)) return
  const { fullName, bornOn } = identityIn('land', person)
  rows.add('holder_identity', personalId, fullName, bornOn.slice(0, 4))
}
