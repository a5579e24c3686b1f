/** A national database whose quality is measured. */
export type MeasuredDatabase = {
  /** Subgraph that serves it. */
  name: string
  vi: string
  en: string
  /** Agency id (schema/agencies.yaml) */
  owner: string
  /** What it can say of a person, to be compared with the others; nothing in a database without people. */
  compared: readonly ComparedField[]
}

/** What databases hold of the same person: `birthYear` is the year of `Citizen.dateOfBirth`, `diedOn` the day of death, if any. */
export type ComparedField = 'fullName' | 'birthYear' | 'sex' | 'diedOn'

/** Every measured database. */
export const measuredDatabases: readonly MeasuredDatabase[] = [
  {
    name: 'population',
    vi: 'Cơ sở dữ liệu quốc gia về dân cư',
    en: 'National population database',
    owner: 'BCA',
    compared: ['fullName', 'birthYear', 'sex', 'diedOn'],
  },
  {
    name: 'land',
    vi: 'Cơ sở dữ liệu quốc gia về đất đai',
    en: 'National land database',
    owner: 'BNNMT',
    compared: ['fullName', 'birthYear'],
  },
  {
    name: 'health',
    vi: 'Cơ sở dữ liệu y tế',
    en: 'Health database',
    owner: 'BYT',
    compared: ['fullName', 'birthYear', 'sex', 'diedOn'],
  },
  {
    name: 'social-security',
    vi: 'Cơ sở dữ liệu bảo hiểm xã hội và trợ giúp xã hội',
    en: 'Social insurance and social assistance database',
    owner: 'BHXH',
    compared: ['fullName', 'birthYear', 'sex', 'diedOn'],
  },
  { name: 'catalogue', vi: 'Danh mục dùng chung', en: 'Shared catalogues', owner: 'BNV', compared: [] },
]
