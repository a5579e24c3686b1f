import { ageBands } from '../age-bands.ts'

/** What is known of a resident for the moment of counting: no number, no name, no date. */
export type Resident = {
  /** From 1, as `ageBands` lists them. */
  ageBand: number
  isFemale: boolean
  isInsured: boolean
  isVaccinated: boolean
  hasPension: boolean
  contributes: boolean
  hasArrears: boolean
  isPoor: boolean
}

/** A cell that counts residents, or households by what their members have. */
export type Cell<Of> = { figure: string; category: string; holds: (of: Of) => boolean }

const isElderly = ({ ageBand }: Resident): boolean => ageBand >= 7
const isOfWorkingAge = ({ ageBand }: Resident): boolean => ageBand >= 4 && ageBand <= 6
const isYoung = ({ ageBand }: Resident): boolean => ageBand === 1

/** Every cell that counts residents. Of each figure with categories, a resident is in one category at most. */
export const personCells: readonly Cell<Resident>[] = [
  { figure: 'population', category: '', holds: () => true },
  ...ageBands.flatMap((band, index) =>
    [false, true].map((isFemale) => ({
      figure: 'populationByAgeAndSex',
      category: `${band}/${isFemale ? 'FEMALE' : 'MALE'}`,
      holds: (one: Resident) => one.ageBand === index + 1 && one.isFemale === isFemale,
    })),
  ),
  { figure: 'insured', category: '', holds: (one) => one.isInsured },
  { figure: 'uninsured', category: '', holds: (one) => !one.isInsured },
  { figure: 'contributors', category: '', holds: (one) => one.contributes },
  { figure: 'contributionArrears', category: '', holds: (one) => one.hasArrears },
  { figure: 'pensioners', category: '', holds: (one) => one.hasPension },
  ...split<Resident>('vaccinationCoverage', isYoung, {
    VACCINATED: (one) => one.isVaccinated,
    NOT_VACCINATED: () => true,
  }),
  ...split<Resident>('youngChildrenByInsurance', isYoung, { INSURED: (one) => one.isInsured, UNINSURED: () => true }),
  ...split<Resident>('poorByInsurance', (one) => one.isPoor, {
    INSURED: (one) => one.isInsured,
    UNINSURED: () => true,
  }),
  ...split<Resident>('elderlyByPensionAndInsurance', isElderly, {
    PENSION_INSURED: (one) => one.hasPension && one.isInsured,
    PENSION_UNINSURED: (one) => one.hasPension,
    NO_PENSION_INSURED: (one) => one.isInsured,
    NO_PENSION_UNINSURED: () => true,
  }),
  ...split<Resident>('workingAgeByContributionAndInsurance', isOfWorkingAge, {
    CONTRIBUTES_INSURED: (one) => one.contributes && one.isInsured,
    CONTRIBUTES_UNINSURED: (one) => one.contributes,
    NO_CONTRIBUTION_INSURED: (one) => one.isInsured,
    NO_CONTRIBUTION_UNINSURED: () => true,
  }),
]

/** What the members of a household have between them. */
export type Household = { hasLand: boolean; hasAssistance: boolean }

/** Every cell that counts households by their members. */
export const householdCells: readonly Cell<Household>[] = split<Household>(
  'householdsByLandAndAssistance',
  () => true,
  {
    LAND_ASSISTANCE: (one) => one.hasLand && one.hasAssistance,
    LAND_NO_ASSISTANCE: (one) => one.hasLand,
    NO_LAND_ASSISTANCE: (one) => one.hasAssistance,
    NO_LAND_NO_ASSISTANCE: () => true,
  },
)

/** The categories of a figure, each taking what those before it left. */
function split<Of>(
  figure: string,
  isOf: (of: Of) => boolean,
  categories: Readonly<Record<string, (of: Of) => boolean>>,
): Cell<Of>[] {
  const tests = Object.values(categories)
  return Object.keys(categories).map((category, index) => ({
    figure,
    category,
    holds: (of) => isOf(of) && tests.findIndex((test) => test(of)) === index,
  }))
}
