/** Which figures stand for what a coordinate would say of a person; the first that matches. */
const figures: readonly (readonly [RegExp, readonly string[]])[] = [
  [/visit|prescription|lab|diagnos|healthRecord|allerg/i, ['visits', 'visitsByDiagnosisGroup']],
  [/vaccin/i, ['vaccinationCoverage']],
  [/insuranceCard/i, ['insured', 'uninsured']],
  [/land|parcel|restriction|asset/i, ['landCertificates', 'landAreaByUse', 'householdsByLandAndAssistance']],
  [/benefit|unemployment/i, ['benefitsPaid', 'pensioners']],
  [/beneficiar|carer|disability|assistance/i, ['assistanceByCategory']],
  [/poverty/i, ['poorByInsurance']],
  [/siMember|participation|employer|insurance/i, ['contributors', 'contributionArrears']],
  [/household/i, ['households']],
]
const ofAnybody = ['population', 'populationByAgeAndSex', 'births', 'deaths']

/** The fields to ask instead of a person's row: figures of `UnitStatistics`, reached from the nation or any unit. */
export function aggregatesInstead(coordinate: string): readonly string[] {
  const found = figures.find(([words]) => words.test(coordinate))?.[1] ?? ofAnybody
  return found.map((figure) => `UnitStatistics.${figure}`)
}
