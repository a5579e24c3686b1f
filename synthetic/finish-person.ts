import { dateFromDay, isoFromDay, twoDigits, yearsBetween } from './calendar.ts'
import { isPresent } from './draft.ts'
import type { Draft } from './draft.ts'
import type { Identifiers } from './identifiers.ts'
import { drawBloodType, drawDisability } from './livelihood.ts'
import type { LivelihoodOf } from './livelihood.ts'
import { createRandom } from './random.ts'
import type { Domain, Person, Random } from './types.ts'

export type Finishing = {
  seed: number
  today: number
  livelihood: LivelihoodOf
  identifiers: Identifiers
  numbering: (placeCode: string, year: number, sex: Person['sex']) => string
}

/** Births registered from this day on carry the code of one of the 34 provinces (QĐ 19/2025/QĐ-TTg). */
const reform = isoDay(2025, 7, 1)
function isoDay(year: number, month: number, day: number): string {
  return `${year}-${twoDigits(month)}-${twoDigits(day)}`
}

const nowhere: ReadonlySet<Domain> = new Set()
const absences: readonly ReadonlySet<Domain>[] = [
  new Set(['health']),
  new Set(['social-security']),
  new Set(['population']),
]
const abroadCodes: Readonly<Record<string, string>> = {
  LA: '97',
  KH: '97',
  CN: '97',
  CZ: '97',
  RU: '97',
  US: '98',
  DE: '98',
  KR: '99',
  JP: '99',
  TW: '99',
}
const countries = Object.keys(abroadCodes)

/** Gives a draft its personal number; parents and children can only be named once all of a family have theirs. */
export function numberDraft(finishing: Finishing, random: Random, draft: Draft): string {
  if (draft.fixed.personalId !== undefined) return draft.fixed.personalId
  if (random.chance(0.0015)) {
    draft.birthPlace = null
    draft.birthCountry = random.pick(countries)
  }
  const changed = draft.sexChanged
  const numberSex = changed ? (draft.sex === 'MALE' ? 'FEMALE' : 'MALE') : draft.sex
  return finishing.numbering(placeCodeOf(draft), dateFromDay(draft.bornDay).year, numberSex)
}

function placeCodeOf(draft: Draft): string {
  if (draft.birthPlace === null) return abroadCodes[draft.birthCountry] ?? '99'
  return isoFromDay(draft.bornDay) < reform ? draft.birthPlace.oldProvince : draft.birthPlace.province
}

/** The person a draft stands for, with everything that depends on their age, place and kin. */
export function finishPerson(
  finishing: Finishing,
  random: Random,
  draft: Draft,
  numbers: ReadonlyMap<Draft, string>,
  serial: number,
): Person {
  const { seed, today, identifiers } = finishing
  const { household, fixed } = draft
  const personalId = numbers.get(draft) ?? ''
  const numberOf = (relative: Draft | null): string | null =>
    relative === null ? null : (numbers.get(relative) ?? null)
  const numbersOf = (relatives: readonly Draft[]): readonly string[] =>
    relatives.map(numberOf).filter((number) => number !== null)
  const age = yearsBetween(draft.bornDay, draft.diedDay ?? today)
  const birthYear = dateFromDay(draft.bornDay).year
  const disability = fixed.disability === undefined ? drawDisability(random, age) : fixed.disability
  const livelihood = finishing.livelihood(random, {
    sex: draft.sex,
    age,
    place: household.place,
    ethnicity: draft.ethnicity,
    single: draft.marital === 'SINGLE',
    poverty: household.poverty,
    disability,
  })
  const employed = fixed.employed ?? livelihood.employed
  const insured =
    employed || fixed.personalId !== undefined || livelihood.insuranceGroup === 'HT' || random.chance(0.94)
  return {
    personalId,
    fullName: draft.fullName,
    otherName: random.chance(0.02)
      ? `${draft.givenName} ${random.pick(['Anh', 'Bình', 'Ba', 'Tư', 'Út', 'Nhỏ'])}`
      : null,
    sex: draft.sex,
    bornOn: bornOn(draft, random, birthYear),
    birthYear,
    diedOn: draft.diedDay === null ? null : isoFromDay(draft.diedDay),
    missingSince: draft.missingDay === null ? null : isoFromDay(draft.missingDay),
    sexChanged: draft.sexChanged,
    birthProvinceOld: draft.birthPlace === null ? null : placeCodeOf(draft),
    birthCommune: draft.birthPlace?.commune ?? null,
    birthCountry: draft.birthCountry,
    homeCommune: draft.home.commune,
    ethnicity: draft.ethnicity,
    religion: draft.religion,
    nationalities: draft.birthCountry !== 'VN' && random.chance(0.2) ? ['VN', draft.birthCountry] : ['VN'],
    bloodType: drawBloodType(random),
    maritalStatus: draft.marital,
    householdId: household.id,
    relationToHead: draft.relation,
    fatherId: numberOf(draft.father),
    motherId: numberOf(draft.mother),
    spouseId: numberOf(draft.spouse),
    childIds: numbersOf(draft.children.toSorted((one, other) => one.bornDay - other.bornDay)),
    representativeIds: age < 18 || draft.represented ? numbersOf(guardiansOf(draft, today)) : [],
    represented: draft.represented,
    currentCommune: household.settled ? household.place.commune : null,
    currentProvince: household.place.province,
    permanentCommune: household.permanent.commune,
    addressLine: household.addressLine,
    occupation: livelihood.occupation,
    employed,
    socialInsuranceNo: insured ? identifiers.socialInsuranceNo(serial) : null,
    oldIdNumber:
      birthYear <= 2001 && random.chance(birthYear < 1990 ? 0.96 : 0.8) ? identifiers.oldIdNumber(serial) : null,
    phone: age >= 12 && random.chance(age < 16 ? 0.5 : age < 75 ? 0.96 : 0.6) ? identifiers.phone(serial) : null,
    email: age >= 15 && age < 70 && random.chance(0.45) ? identifiers.email(draft.fullName, serial) : null,
    numberPlaceCode: personalId.slice(1, 3),
    serial,
    insuranceGroup: livelihood.insuranceGroup,
    poverty: household.poverty,
    disability,
    absentFrom: random.chance(0.003) ? random.pick(absences) : nowhere,
    planted: null,
    persona: null,
    ...fixed,
    random: (label) => createRandom(seed, personalId, label),
  }
}

/** What the register holds of the date of birth: of some of the old only the year, or year and month. */
function bornOn(draft: Draft, random: Random, birthYear: number): string {
  const day = isoFromDay(draft.bornDay)
  if (draft.bornPrecision === 'YEAR') return day.slice(0, 4)
  if (draft.bornPrecision === 'MONTH') return day.slice(0, 7)
  if (birthYear > 1965 || draft.fixed.personalId !== undefined) return day
  const lot = random.next()
  return lot < 0.02 ? day.slice(0, 4) : lot < 0.03 ? day.slice(0, 7) : day
}

/** By record: the named guardians, else the parents who are there, else the adults of the household. */
function guardiansOf(draft: Draft, today: number): readonly Draft[] {
  if (draft.guardians.length > 0) return draft.guardians
  const parents = [draft.father, draft.mother].filter((parent) => parent !== null && isPresent(parent))
  if (parents.length > 0) return parents.filter((parent) => parent !== null)
  const adults = draft.household.members.filter((one) => isPresent(one) && yearsBetween(one.bornDay, today) >= 18)
  return adults.slice(0, 1)
}
