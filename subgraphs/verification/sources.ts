import { nameOrders } from './name-orders.ts'

/** A database that is asked whether claims agree. */
export type SourceName = 'population' | 'health' | 'land'
/** What a claim may be, and what it says. */
export type ClaimName =
  | 'FULL_NAME'
  | 'DATE_OF_BIRTH'
  | 'RESIDENCE_COMMUNE'
  | 'INSURED_NOW'
  | 'RIGHT_ON_PARCEL'
  | 'AGE_OVER'
export type Claim = { name: ClaimName; value: string | number | boolean }

type ClaimKind = {
  /** Its field of ClaimsInput, and its name in an attestation. */
  input: string
  source: SourceName
  /** The column of the source's `claims_agree`. */
  column: string
  /** The fields behind it, with the fact that there are such rows: who may read or verify all of them may claim it. */
  behind: readonly string[]
}

/** Every claim, in the order of answers. */
export const claimKinds: Readonly<Record<ClaimName, ClaimKind>> = {
  FULL_NAME: { input: 'fullName', source: 'population', column: 'full_name', behind: ['Citizen.fullName'] },
  DATE_OF_BIRTH: {
    input: 'dateOfBirth',
    source: 'population',
    column: 'date_of_birth',
    behind: ['Citizen.dateOfBirth'],
  },
  RESIDENCE_COMMUNE: {
    input: 'residenceCommune',
    source: 'population',
    column: 'residence_commune',
    behind: ['Citizen.currentResidence', 'ResidenceAddress.commune'],
  },
  INSURED_NOW: {
    input: 'insuredNow',
    source: 'health',
    column: 'insured_now',
    behind: ['Citizen.insuranceCards', 'InsuranceCard.validFrom', 'InsuranceCard.validTo'],
  },
  RIGHT_ON_PARCEL: {
    input: 'rightOnParcel',
    source: 'land',
    column: 'right_on_parcel',
    behind: ['Citizen.landRights', 'LandRight.parcel'],
  },
  AGE_OVER: { input: 'ageOver', source: 'population', column: 'age_over', behind: ['Citizen.dateOfBirth'] },
}

/** Province and commune code of what a claim is about; both null where there is no such row. */
export type Place = { province_code: string | null; commune_code: string | null }

/** What one statement is given: whom, which claims by name, and for answers where and on which day (YYYY-MM-DD). */
type Asked = { person: string; said: (name: ClaimName) => Claim['value'] | null }
type Judged = Asked & { place: Place; day: string }

type Statement<Given> = { text: string; values: (given: Given) => unknown[] }

/** The two statements of each database: where what is claimed lies, and whether it agrees. */
export const sources: Readonly<Record<SourceName, { place: Statement<Asked>; agree: Statement<Judged> }>> = {
  population: {
    place: { text: 'select * from claim_place($1)', values: ({ person }) => [person] },
    agree: {
      text: 'select * from claims_agree($1, $2, $3, $4, $5, $6, $7, $8)',
      values: ({ person, said, place, day }) => {
        const name = said('FULL_NAME')
        const names = name === null ? null : nameOrders(String(name))
        const others = [said('DATE_OF_BIRTH'), said('RESIDENCE_COMMUNE'), said('AGE_OVER')]
        return [person, place.province_code, place.commune_code, names, ...others, day]
      },
    },
  },
  health: {
    place: { text: 'select * from claim_place($1)', values: ({ person }) => [person] },
    agree: {
      text: 'select * from claims_agree($1, $2, $3)',
      values: ({ person, place, day }) => [person, place.province_code, day],
    },
  },
  land: {
    place: { text: 'select * from claim_place($1)', values: ({ said }) => [said('RIGHT_ON_PARCEL')] },
    agree: {
      text: 'select * from claims_agree($1, $2, $3)',
      values: ({ person, said, day }) => [person, said('RIGHT_ON_PARCEL'), day],
    },
  },
}
