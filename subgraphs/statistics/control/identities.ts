import { ageBands } from '../age-bands.ts'

/** `figure|category` */
type CellName = string

/** Cells whose sums are the same in every unit, as everybody who reads the definitions knows. */
export type Identity = { whole: readonly CellName[]; parts: readonly CellName[] }

const bySex = (bands: readonly string[]): CellName[] =>
  bands.flatMap((band) => ['MALE', 'FEMALE'].map((sex) => `populationByAgeAndSex|${band}/${sex}`))
const of = (figure: string, ...categories: string[]): CellName[] => categories.map((one) => `${figure}|${one}`)

/** Figures that tell of each other: a sum shown by one may give away a cell that another hides. */
export const identities: readonly Identity[] = [
  { whole: ['population|'], parts: bySex(ageBands) },
  { whole: ['population|'], parts: ['insured|', 'uninsured|'] },
  { whole: bySex(['0-5']), parts: of('youngChildrenByInsurance', 'INSURED', 'UNINSURED') },
  { whole: bySex(['0-5']), parts: of('vaccinationCoverage', 'VACCINATED', 'NOT_VACCINATED') },
  {
    whole: bySex(['18-29', '30-44', '45-59']),
    parts: of(
      'workingAgeByContributionAndInsurance',
      'CONTRIBUTES_INSURED',
      'CONTRIBUTES_UNINSURED',
      'NO_CONTRIBUTION_INSURED',
      'NO_CONTRIBUTION_UNINSURED',
    ),
  },
  {
    whole: bySex(['60-74', '75+']),
    parts: of(
      'elderlyByPensionAndInsurance',
      'PENSION_INSURED',
      'PENSION_UNINSURED',
      'NO_PENSION_INSURED',
      'NO_PENSION_UNINSURED',
    ),
  },
  {
    whole: ['households|'],
    parts: of(
      'householdsByLandAndAssistance',
      'LAND_ASSISTANCE',
      'LAND_NO_ASSISTANCE',
      'NO_LAND_ASSISTANCE',
      'NO_LAND_NO_ASSISTANCE',
    ),
  },
]
