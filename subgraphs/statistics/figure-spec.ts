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
