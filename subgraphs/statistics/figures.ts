import { ageBands } from './age-bands.ts'

/** What a figure counts or adds up. */
export type Measure = 'PERSONS' | 'HOUSEHOLDS' | 'PARCELS' | 'CERTIFICATES' | 'VISITS' | 'SQUARE_METRES' | 'DONG'

/** A published figure: the grid is fixed, so nobody can ask for a unit, breakdown or month that was not controlled. */
export type FigureSpec = {
  /** Also the field of `UnitStatistics` that gives it. */
  id: string
  vi: string
  en: string
  /** Databases it is counted in. */
  sources: readonly string[]
  measure: Measure
  /** Counted by the month of the event, for the last twelve months; otherwise as things stand when it is counted. */
  isFlow: boolean
  /** Whether its source says in which commune; otherwise it is published for provinces and the nation. */
  byCommune: boolean
  /** Fewest people, households or parcels behind a cell that is shown: 5, or 10 for attributes of L3. */
  threshold: 5 | 10
  /** Cells are multiples of it. */
  base: number
  /** Best grade it may have, where the definition itself is a simplification. */
  bestGrade: 'A' | 'B'
  /** Codes with their names; or the catalogue's list that gives them; absent for a single number. */
  categories?: readonly Category[] | CatalogueList
}

export type Category = { code: string; vi: string; en: string }
export type CatalogueList = 'land_use_type' | 'icd_chapter' | 'benefit_type' | 'social_assistance_category'

const persons = { measure: 'PERSONS', isFlow: false, byCommune: true, threshold: 5, base: 5, bestGrade: 'A' } as const
const sensitive = { ...persons, threshold: 10, base: 10 } as const
const population = ['population']
const sexes = [
  { code: 'MALE', vi: 'nam', en: 'male' },
  { code: 'FEMALE', vi: 'nữ', en: 'female' },
]

/** Every figure. `linkage/person-cells.ts` says how the linked ones are counted, the databases' own functions the rest. */
export const figures: readonly FigureSpec[] = [
  { ...persons, id: 'population', vi: 'Dân số', en: 'Population', sources: population },
  {
    ...persons,
    id: 'populationByAgeAndSex',
    vi: 'Dân số theo nhóm tuổi và giới',
    en: 'Population by age band and sex',
    sources: population,
    categories: ageBands.flatMap((band) =>
      sexes.map(({ code, vi, en }) => ({ code: `${band}/${code}`, vi: `${band} tuổi, ${vi}`, en: `${band}, ${en}` })),
    ),
  },
  { ...persons, id: 'households', vi: 'Số hộ', en: 'Households', sources: population, measure: 'HOUSEHOLDS' },
  { ...persons, id: 'births', vi: 'Số sinh trong tháng', en: 'Births in the month', sources: population, isFlow: true },
  { ...persons, id: 'deaths', vi: 'Số chết trong tháng', en: 'Deaths in the month', sources: population, isFlow: true },
  { ...persons, id: 'parcels', vi: 'Số thửa đất', en: 'Parcels', sources: ['land'], measure: 'PARCELS' },
  {
    ...persons,
    id: 'landAreaByUse',
    vi: 'Diện tích theo loại đất',
    en: 'Area by land use',
    sources: ['land'],
    measure: 'SQUARE_METRES',
    base: 1000,
    categories: 'land_use_type',
  },
  {
    ...persons,
    id: 'landCertificates',
    vi: 'Giấy chứng nhận còn hiệu lực',
    en: 'Certificates that hold',
    sources: ['land'],
    measure: 'CERTIFICATES',
  },
  {
    ...persons,
    id: 'insured',
    vi: 'Người có thẻ bảo hiểm y tế còn hạn',
    en: 'People with a health insurance card that holds',
    sources: ['population', 'health'],
  },
  {
    ...persons,
    id: 'uninsured',
    vi: 'Người không có thẻ bảo hiểm y tế còn hạn',
    en: 'People without a health insurance card that holds',
    sources: ['population', 'health'],
  },
  {
    ...sensitive,
    id: 'vaccinationCoverage',
    vi: 'Trẻ dưới 6 tuổi theo đã tiêm đủ ba mũi vắc xin 5 trong 1',
    en: 'Children under six by whether they had the three doses of the vaccine of five',
    sources: ['population', 'health'],
    bestGrade: 'B',
    categories: [
      { code: 'VACCINATED', vi: 'đủ ba mũi', en: 'three doses' },
      { code: 'NOT_VACCINATED', vi: 'chưa đủ ba mũi', en: 'fewer than three doses' },
    ],
  },
  {
    ...sensitive,
    id: 'visits',
    vi: 'Lượt khám, chữa bệnh trong tháng theo nơi khám',
    en: 'Visits in the month by place of the facility',
    sources: ['health'],
    measure: 'VISITS',
    isFlow: true,
  },
  {
    ...sensitive,
    id: 'visitsByDiagnosisGroup',
    vi: 'Lượt khám, chữa bệnh trong tháng theo nhóm bệnh',
    en: 'Visits in the month by diagnosis group',
    sources: ['health'],
    measure: 'VISITS',
    isFlow: true,
    categories: 'icd_chapter',
  },
  {
    ...sensitive,
    id: 'contributors',
    vi: 'Người đang đóng bảo hiểm xã hội',
    en: 'People contributing to social insurance',
    sources: ['population', 'social-security'],
  },
  {
    ...sensitive,
    id: 'contributionArrears',
    vi: 'Người đang bị nợ đóng bảo hiểm xã hội',
    en: 'People whose social insurance contributions are owed',
    sources: ['population', 'social-security'],
  },
  {
    ...sensitive,
    id: 'pensioners',
    vi: 'Người hưởng lương hưu hoặc trợ cấp hưu trí xã hội',
    en: 'People with a pension or social pension',
    sources: ['population', 'social-security'],
  },
  {
    ...sensitive,
    id: 'benefitsPaid',
    vi: 'Số tiền chế độ bảo hiểm xã hội chi trong tháng',
    en: 'Social insurance benefits paid in the month',
    sources: ['social-security'],
    measure: 'DONG',
    isFlow: true,
    byCommune: false,
    base: 1_000_000,
    bestGrade: 'B',
    categories: 'benefit_type',
  },
  {
    ...sensitive,
    id: 'assistanceByCategory',
    vi: 'Người hưởng trợ giúp xã hội theo nhóm',
    en: 'People on social assistance by category',
    sources: ['social-security'],
    categories: 'social_assistance_category',
  },
  {
    ...sensitive,
    id: 'elderlyByPensionAndInsurance',
    vi: 'Người từ 60 tuổi theo lương hưu và bảo hiểm y tế',
    en: 'People of 60 or over by pension and health insurance',
    sources: ['population', 'health', 'social-security'],
    categories: [
      { code: 'PENSION_INSURED', vi: 'có lương hưu, có bảo hiểm y tế', en: 'pension, insured' },
      { code: 'PENSION_UNINSURED', vi: 'có lương hưu, không bảo hiểm y tế', en: 'pension, uninsured' },
      { code: 'NO_PENSION_INSURED', vi: 'không lương hưu, có bảo hiểm y tế', en: 'no pension, insured' },
      { code: 'NO_PENSION_UNINSURED', vi: 'không lương hưu, không bảo hiểm y tế', en: 'no pension, uninsured' },
    ],
  },
  {
    ...sensitive,
    id: 'workingAgeByContributionAndInsurance',
    vi: 'Người 18-59 tuổi theo đóng bảo hiểm xã hội và bảo hiểm y tế',
    en: 'People of 18 to 59 by social insurance contribution and health insurance',
    sources: ['population', 'health', 'social-security'],
    categories: [
      { code: 'CONTRIBUTES_INSURED', vi: 'đang đóng, có bảo hiểm y tế', en: 'contributes, insured' },
      { code: 'CONTRIBUTES_UNINSURED', vi: 'đang đóng, không bảo hiểm y tế', en: 'contributes, uninsured' },
      { code: 'NO_CONTRIBUTION_INSURED', vi: 'không đóng, có bảo hiểm y tế', en: 'no contribution, insured' },
      { code: 'NO_CONTRIBUTION_UNINSURED', vi: 'không đóng, không bảo hiểm y tế', en: 'no contribution, uninsured' },
    ],
  },
  {
    ...sensitive,
    id: 'youngChildrenByInsurance',
    vi: 'Trẻ dưới 6 tuổi theo bảo hiểm y tế',
    en: 'Children under six by health insurance',
    sources: ['population', 'health'],
    categories: [
      { code: 'INSURED', vi: 'có thẻ', en: 'insured' },
      { code: 'UNINSURED', vi: 'không có thẻ', en: 'uninsured' },
    ],
  },
  {
    ...sensitive,
    id: 'poorByInsurance',
    vi: 'Người thuộc hộ nghèo, cận nghèo theo bảo hiểm y tế',
    en: 'People of poor and near-poor households by health insurance',
    sources: ['population', 'health', 'social-security'],
    categories: [
      { code: 'INSURED', vi: 'có thẻ', en: 'insured' },
      { code: 'UNINSURED', vi: 'không có thẻ', en: 'uninsured' },
    ],
  },
  {
    ...sensitive,
    id: 'householdsByLandAndAssistance',
    vi: 'Số hộ theo có đất và có người hưởng trợ giúp xã hội',
    en: 'Households by land and social assistance',
    sources: ['population', 'land', 'social-security'],
    measure: 'HOUSEHOLDS',
    categories: [
      { code: 'LAND_ASSISTANCE', vi: 'có đất, có trợ giúp', en: 'land, assistance' },
      { code: 'LAND_NO_ASSISTANCE', vi: 'có đất, không trợ giúp', en: 'land, no assistance' },
      { code: 'NO_LAND_ASSISTANCE', vi: 'không đất, có trợ giúp', en: 'no land, assistance' },
      { code: 'NO_LAND_NO_ASSISTANCE', vi: 'không đất, không trợ giúp', en: 'no land, no assistance' },
    ],
  },
]
