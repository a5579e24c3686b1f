import { dayFromIso, isoFromDay, yearsBetween } from '../../../synthetic/calendar.ts'
import type { Reference } from '../../../synthetic/reference.ts'
import type { Person } from '../../../synthetic/types.ts'
import { uuidFromRandom } from '../../../synthetic/uuid-from-random.ts'
import type { CopyValue } from '../../kit/postgres/copy-rows.ts'
import { createAddresses } from './addresses.ts'
import { idDocuments } from './id-documents.ts'
import type { Kin } from '../../../synthetic/with-kin.ts'

type Row = readonly CopyValue[]

/** Tables of the population database with the columns a seed fills, parents first. */
export const populationTables = {
  household: ['id', 'address', 'province_code', 'commune_code'],
  citizen: [
    'personal_id',
    'full_name',
    'other_name',
    'date_of_birth',
    'sex',
    'ethnicity',
    'religion',
    'nationality',
    'blood_type',
    'old_id_number',
    'temporary_absence',
    'residence_file_no',
    'marital_status',
    'household_id',
    'relation_to_head',
    'life_status',
    'death_or_missing_date',
    'phone_number',
    'email',
    'province_code',
    'commune_code',
  ],
  admin_address: ['id', 'personal_id', 'kind', 'text', 'commune_code', 'province_code', 'country_code'],
  residence_address: ['id', 'personal_id', 'kind', 'text', 'line', 'commune_code', 'province_code', 'since'],
  id_document: ['id', 'personal_id', 'kind', 'issued_on', 'issued_by', 'expires_on'],
  relative: ['id', 'personal_id', 'relative_id', 'relation', 'full_name', 'old_id_number', 'nationality'],
  identity_record: ['personal_id', 'portrait_photo', 'occupation', 'eid_level', 'id_card_image'],
  other_information: ['id', 'personal_id', 'name', 'value', 'recorded_on'],
} as const satisfies Readonly<Record<string, readonly string[]>>

export type PopulationTable = keyof typeof populationTables

/** All rows of one citizen but the household's. Ids leave room for fifty rows a person and table. */
export function createCitizenRows(reference: Reference, asOf: string) {
  const addresses = createAddresses(reference, asOf)

  return function* rowsOf(person: Person, kin: Kin): Generator<readonly [PopulationTable, Row]> {
    const { personalId } = person
    const id = (index: number): number => person.serial * 50 + index + 1
    yield ['citizen', citizenRow(person)]
    for (const [index, one] of addresses.origins(person).entries()) {
      yield ['admin_address', [id(index), personalId, one.kind, one.text, one.commune, one.province, one.country]]
    }
    for (const [index, one] of addresses.residences(person).entries()) {
      const { kind, text, line, commune, province, since } = one
      yield ['residence_address', [id(index), personalId, kind, text, line, commune, province, since]]
    }
    const documents = idDocuments(person, asOf)
    for (const [index, one] of documents.entries()) {
      yield ['id_document', [id(index), personalId, one.kind, one.issuedOn, one.issuedBy, one.expiresOn]]
    }
    for (const [index, [relation, one]] of ties(person, kin).entries()) {
      const row = [one.personalId, relation, one.fullName, one.oldIdNumber, one.nationalities]
      yield ['relative', [id(index), personalId, ...row]]
    }
    yield [
      'identity_record',
      identityRow(
        person,
        asOf,
        documents.some((one) => one.kind !== 'CMND9'),
      ),
    ]
    const education = educationOf(person, asOf)
    if (education !== null) yield ['other_information', [id(0), personalId, 'Trình độ học vấn', ...education]]
  }
}

function citizenRow(person: Person): Row {
  const isMoved = person.currentCommune !== null && person.currentCommune !== person.permanentCommune
  const isDeclared = isMoved && person.random('absence').chance(0.04)
  const status = person.diedOn !== null ? 'DECEASED' : person.missingSince !== null ? 'MISSING' : 'ALIVE'
  return [
    person.personalId,
    person.fullName,
    person.otherName,
    dateOfBirth(person),
    person.sex,
    person.ethnicity,
    person.religion,
    person.nationalities,
    person.bloodType,
    person.oldIdNumber,
    isDeclared ? 'DECLARED' : 'NONE',
    `HSCT-${person.permanentCommune}-${String(person.serial).padStart(9, '0')}`,
    person.maritalStatus,
    person.householdId,
    person.relationToHead,
    status,
    person.diedOn ?? person.missingSince,
    person.phone,
    person.email,
    person.currentProvince,
    person.currentCommune,
  ]
}

/** With the planted error where there is one: then the personal number says another year. */
function dateOfBirth({ planted, bornOn }: Person): string {
  if (planted?.domain !== 'population' || planted.field !== 'birthYear') return bornOn
  return `${planted.value}${bornOn.slice(4)}`.replace(/-02-29$/, '-02-28')
}

function ties(person: Person, kin: Kin): readonly (readonly [string, Person])[] {
  const named = (relation: string, ids: readonly (string | null)[]) =>
    ids.filter((id) => id !== null).map((id) => [relation, kin.find(id)] as const)
  return [
    ...named('FATHER', [person.fatherId]),
    ...named('MOTHER', [person.motherId]),
    ...named('SPOUSE', [person.spouseId]),
    ...named('CHILD', person.childIds),
    ...named('REPRESENTATIVE', person.representativeIds),
    ...kin.representedBy(person.personalId).map((one) => ['REPRESENTED', one] as const),
  ]
}

function identityRow(person: Person, asOf: string, hasCard: boolean): Row {
  const random = person.random('identity')
  const age = yearsBetween(dayFromIso(person.bornOn), dayFromIso(person.diedOn ?? asOf))
  const lot = random.next()
  const level =
    age < 14 ? (hasCard && lot < 0.3 ? 1 : null) : person.persona !== null || lot < 0.75 ? 2 : lot < 0.87 ? 1 : null
  return [
    person.personalId,
    hasCard ? `anh-chan-dung/${uuidFromRandom(random)}` : null,
    person.occupation,
    hasCard ? level : null,
    hasCard ? `anh-the-can-cuoc/${uuidFromRandom(random)}` : null,
  ]
}

const degrees = /^(Bác sĩ|Dược sĩ|Giáo viên|Giảng viên|Kỹ sư|Kế toán|Luật sư|Nhà báo|Công chức|Viên chức)/

function educationOf(person: Person, asOf: string): readonly [string, string] | null {
  const random = person.random('education')
  const adult = dayFromIso(person.bornOn) + 18 * 366
  const end = dayFromIso(person.diedOn ?? asOf)
  if (adult > end || !random.chance(0.7)) return null
  const levels = ['Tiểu học', 'Trung học cơ sở', 'Trung học phổ thông', 'Trung cấp', 'Cao đẳng', 'Đại học'] as const
  const shares = {
    'Tiểu học': 15,
    'Trung học cơ sở': 28,
    'Trung học phổ thông': 30,
    'Trung cấp': 7,
    'Cao đẳng': 7,
    'Đại học': 13,
  }
  const level = degrees.test(person.occupation ?? '') ? 'Đại học' : random.weighted(levels, (one) => shares[one])
  return [level, isoFromDay(random.int(adult, end))]
}
