import type { Place } from '../../../synthetic/reference.ts'
import type { Site } from './parcel-sites.ts'

/** What the generator decides of a parcel before it becomes rows. Dates are ISO; money is VND; areas are square metres. */
export type ParcelDraft = {
  place: Place
  site: Site
  parcelUid: boolean
  oldParcelRef: string | null
  address: string
  planning: string
  pricePerM2: number
  uses: readonly UseDraft[]
  right: RightDraft
  changes: readonly ChangeDraft[]
}

export type UseDraft = {
  type: string
  areaM2: number
  origin: string
  form: 'PRIVATE' | 'SHARED'
  /** Null is indefinite. */
  until: string | null
}

export type UserType =
  | 'INDIVIDUAL'
  | 'COUPLE'
  | 'HOUSEHOLD'
  | 'COMMUNITY'
  | 'DOMESTIC_ORG'
  | 'STATE_BODY'
  | 'RELIGIOUS'
  | 'FDI'

/** Who holds a right, or is a party to a change: a person by number, or an organisation by tax code. */
export type HolderDraft = {
  personalId: string | null
  taxCode: string | null
  userType: UserType
  role: 'OWNER' | 'CO_OWNER' | 'HOUSEHOLD_REPRESENTATIVE'
  share: number
  contactAddress: string | null
}

/** The right of all holders together, and what goes with it. */
export type RightDraft = {
  holders: readonly HolderDraft[]
  origin: string
  until: string | null
  financialObligation: number
  transactionPrice: number | null
  registeredOn: string
  certificates: readonly CertificateDraft[]
  assets: readonly AssetDraft[]
  restrictions: readonly RestrictionDraft[]
}

export type CertificateDraft = {
  issuedAt: string
  issuer: string
  status: 'VALID' | 'REVOKED' | 'REPLACED'
  /** One document for all holders, or one for each of them. */
  shared: boolean
  /** Numbers that are fixed; else the series gives the next. */
  issueNo?: string
  registryNo?: string
}

export type AssetDraft = { type: string; floorAreaM2: number | null; grade: string | null; term: 'LONG_TERM' | 'FIXED' }

export type RestrictionDraft = {
  kind: string
  mortgagee: string | null
  decisionNo: string
  registeredOn: string
  liftedOn: string | null
}

export type ChangeDraft = {
  type: string
  registeredAt: string
  parties: readonly { side: 'FROM' | 'TO' | 'HOLDER'; holder: HolderDraft }[]
}
