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
  /** Old 63-province two-digit code of birth registration (null: abroad), and the commune (3,321 list) it lies in today. */
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
  employed: boolean
  /** 10 digits or null. */
  socialInsuranceNo: string | null
  /** Old BHYT object code (two letters), never QN, CA or CY. */
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
