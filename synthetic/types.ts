/**
 * The synthetic population all databases are seeded from. Nobody in it exists: every number stands on the reserved
 * prefixes 901-999 that no registry assigns.
 */
export type Sex = 'MALE' | 'FEMALE'

/** Deterministic random numbers (same seed and label, same sequence). */
export type Random = {
  /** [0, 1) */
  next: () => number
  /** Integer in [min, max], both included. */
  int: (min: number, max: number) => number
  chance: (probability: number) => boolean
  pick: <T>(items: readonly T[]) => T
  weighted: <T>(items: readonly T[], weight: (item: T) => number) => T
}

export type Domain = 'population' | 'land' | 'health' | 'social-security' | 'consent'

export type Person = {
  /** 12 digits, 9NN prefix. */
  personalId: string
  fullName: string
  otherName: string | null
  sex: Sex
  /** PartialDate: `1990`, `1990-05` or `1990-05-17`. */
  bornOn: string
  birthYear: number
  /** ISO date or null. */
  diedOn: string | null
  missingSince: string | null
  /** The sex marker was changed after the number was given. */
  sexChanged: boolean
  /**
   * Two-digit code of birth registration (63-province table; of the 34 for births from 2025-07-01; null: abroad), and
   * the commune (3,321 list) it lies in today.
   */
  birthProvinceOld: string | null
  birthCommune: string | null
  birthCountry: string
  homeCommune: string
  ethnicity: string
  religion: string
  nationalities: readonly string[]
  bloodType: string
  maritalStatus: 'SINGLE' | 'MARRIED' | 'DIVORCED' | 'WIDOWED'
  householdId: string
  relationToHead: 'HEAD' | 'SPOUSE' | 'CHILD' | 'PARENT' | 'GRANDCHILD' | 'SIBLING' | 'OTHER'
  fatherId: string | null
  motherId: string | null
  spouseId: string | null
  childIds: readonly string[]
  /** Guardians by record (parents of a minor, guardian of an incapacitated adult). */
  representativeIds: readonly string[]
  /** Adult without capacity under a guardianship record. */
  represented: boolean
  /** Current residence; null for no fixed residence (then `currentProvince` still says who handles them). */
  currentCommune: string | null
  currentProvince: string
  permanentCommune: string
  addressLine: string
  occupation: string | null
  /** Works under a contract, so under compulsory social insurance. */
  employed: boolean
  /** 10 digits or null. */
  socialInsuranceNo: string | null
  /** Nine-digit identity card number of those who were given one, or null. */
  oldIdNumber: string | null
  /** Mobile number on a block no network was given, or null. */
  phone: string | null
  /** Address at example.vn, or null. */
  email: string | null
  /** Two-digit code the personal number starts with after the 9: 63-province table, the 34 codes after 2025-07-01, 97-99 abroad. */
  numberPlaceCode: string
  /** Position in the population, from 0: stable for a seed and size. */
  serial: number
  /** Old BHYT object code (two letters), never one of the forces or their families: QN, CA, CY, TQ, TA, TY. */
  insuranceGroup: string
  poverty: 'NONE' | 'NEAR_POOR' | 'POOR'
  disability: null | { form: string; degree: 'SPECIAL' | 'SEVERE' | 'MILD' }
  /** Databases this person has no record in. */
  absentFrom: ReadonlySet<Domain>
  /** A planted disagreement between databases, listed in synthetic/disagreements.ts; null for nearly all. */
  planted: PlantedDisagreement | null
  /** Named person of the personas, or null. */
  persona: string | null
  /** Own random numbers for one domain: independent of every other person and domain. */
  random: (label: string) => Random
}

/** What another database holds differently, on purpose, so that quality checks have something to find. */
export type PlantedDisagreement = {
  domain: Domain
  field: 'birthYear' | 'sex' | 'fullName' | 'diedOn'
  /** The value that the named domain holds instead. */
  value: string
}

export type Population = {
  seed: number
  size: number
  /** Reference date of ages: fixed, so that the same seed gives the same bytes on any day. */
  asOf: string
  /** Every person once, households together, in a stable order; may be iterated many times. */
  persons: () => Iterable<Person>
}

/** A population as a seed walks it: the walk may be shared with others, and then waits for the slowest. */
export type Walk = Omit<Population, 'persons'> & { persons: () => Iterable<Person> | AsyncIterable<Person> }
