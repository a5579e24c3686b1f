import type { Client } from 'pg'
import type { Person, Walk } from '../../../synthetic/types.ts'
import { withKin } from '../../../synthetic/with-kin.ts'
import type { CopyValue } from '../../kit/postgres/copy-rows.ts'
import { loadInBulk } from '../../kit/postgres/load-in-bulk.ts'

const tables = {
  subject: ['personal_id', 'born_on', 'birth_year', 'deceased_on', 'represented'],
  guardianship: ['ward', 'representative', 'relation', 'authority_document', 'valid_from', 'valid_to'],
} as const

/** Everybody this database knows, and who speaks for whom where it knows both. */
export async function seedSubjects(client: Client, population: Walk): Promise<void> {
  const isKnown = (person: Person): boolean => !person.absentFrom.has('consent')
  await loadInBulk(client, tables, async (batches) => {
    for await (const { person, kin } of withKin(population.persons())) {
      if (!isKnown(person)) continue
      const { personalId, represented } = person
      const bornOn = bornOnHere(person)
      batches.add('subject', [personalId, bornOn, Number(bornOn.slice(0, 4)), diedOnHere(person), represented])
      for (const representative of new Set(person.representativeIds)) {
        if (representative === personalId || !isKnown(kin.find(representative))) continue
        batches.add('guardianship', guardianship(person, representative))
      }
      await batches.settle()
    }
  })
}

/** Parents until the child is of age, by the birth record; guardians by a decision, until it is lifted. */
function guardianship(ward: Person, representative: string): readonly CopyValue[] {
  const isParent = representative === ward.fatherId || representative === ward.motherId
  const bornOn = bornOnHere(ward)
  const first = `${bornOn}-01-01`.slice(0, 10)
  if (isParent && !ward.represented) {
    return [
      ward.personalId,
      representative,
      'PARENT',
      'Giấy khai sinh (dữ liệu tổng hợp)',
      first,
      dayOfMajority(bornOn),
    ]
  }
  return [
    ward.personalId,
    representative,
    'GUARDIAN',
    'Quyết định công nhận người giám hộ (dữ liệu tổng hợp)',
    first,
    null,
  ]
}

/** The last day a partial birth date can mean, eighteen years on: 29 February comes of age on 1 March. */
function dayOfMajority(bornOn: string): string {
  const [year = 0, month = 12, day = 0] = bornOn.split('-').map(Number)
  // Day 0 of the next month is the last of this one.
  const date = day === 0 ? new Date(Date.UTC(year + 18, month, 0)) : new Date(Date.UTC(year + 18, month - 1, day))
  return date.toISOString().slice(0, 10)
}

function bornOnHere({ planted, bornOn }: Person): string {
  return planted?.domain === 'consent' && planted.field === 'birthYear' ? `${planted.value}${bornOn.slice(4)}` : bornOn
}

function diedOnHere({ planted, diedOn }: Person): string | null {
  return planted?.domain === 'consent' && planted.field === 'diedOn' ? planted.value : diedOn
}
