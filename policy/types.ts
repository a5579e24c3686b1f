/**
 * The vocabulary of access: classes, callers, facts, decisions. Types only; every other folder speaks these words.
 */
import type { ErrorCode } from './error-code.ts'

/** Law on Data 60/2024/QH15, Art. 13: first axis. */
export type Sharing = 'OPEN' | 'SHARED' | 'RESTRICTED'
/** Law on Data 60/2024/QH15, Art. 13: second axis. */
export type Importance = 'OTHER' | 'IMPORTANT' | 'CORE'
/** Law 117/2025/QH15: anything but NONE never composes. */
export type Secrecy = 'NONE' | 'CONFIDENTIAL' | 'SECRET' | 'TOP_SECRET'

/** Decree 356/2025, Art. 3 (B1-B11) and Art. 4(1) (S_A-S_M). */
export type PersonalCategory =
  | 'B1'
  | 'B2'
  | 'B3'
  | 'B4'
  | 'B5'
  | 'B6'
  | 'B7'
  | 'B8'
  | 'B9'
  | 'B10'
  | 'B11'
  | 'S_A'
  | 'S_B'
  | 'S_C'
  | 'S_D'
  | 'S_DD'
  | 'S_E'
  | 'S_G'
  | 'S_H'
  | 'S_I'
  | 'S_K'
  | 'S_L'
  | 'S_M'

/** Handling levels (a proposal of this project): L0 open … L5 never in a graph. */
export type Level = 'L0' | 'L1' | 'L2' | 'L3' | 'L4' | 'L5'

/** How a value looks to a caller who may know of it but not read it whole. NULL: no masked form exists. */
export type MaskForm =
  | 'NULL'
  | 'KEEP'
  | 'LAST3'
  | 'YEAR'
  | 'INITIALS'
  | 'INSURANCE_CARD'
  | 'PHONE'
  | 'EMAIL'
  | 'PROVINCE'
  | 'GEOHASH5'

/** The class of one field, as its directive says after the type's default was applied. */
export type FieldClass = {
  /** `Type.field` */
  coordinate: string
  type: string
  field: string
  /** The subgraph that resolves it: the domain of the rules. */
  domain: string
  sharing: Sharing
  importance: Importance
  secrecy: Secrecy
  personal: readonly PersonalCategory[]
  /** Further categories the value gives away (an identifier that holds a birth year). */
  inferring: readonly PersonalCategory[]
  level: Level
  /** Id in schema/agencies.yaml */
  owner: string
  /** Id in schema/dictionary.csv */
  dict: string
  mask: MaskForm
  /** Coordinates a computed field is computed from. */
  from: readonly string[]
  /** Connections, edges, page info and sealed ids: they repeat the verdict of the edge that led to them. */
  structure: boolean
}

export type CallerKind = 'CITIZEN' | 'OFFICIAL' | 'SYSTEM' | 'ANALYST' | 'REVIEWER' | 'NOBODY'

/** Who asks: a verified token with the purpose and case of the request's headers. Frozen. */
export type Principal = {
  kind: CallerKind
  sub: string
  /** The citizen's own personal number; null for everybody else. */
  personalId: string | null
  /** Id in schema/agencies.yaml; null for a citizen in person and for nobody. */
  org: string | null
  /** Organisation kind from schema/agencies.yaml. */
  orgKind: OrganisationKind | null
  /** The organisational unit the caller works in, when the token says. */
  unit: string | null
  roles: readonly string[]
  clientId: string | null
  /** The app or human that acts for the subject (RFC 8693 `act.sub`); null when nobody does. */
  actor: string | null
  /** Province or commune codes; 'VN' is the whole country; empty is none. */
  jurisdiction: readonly string[]
  accountLevel: 0 | 1 | 2
  authnLevel: 0 | 1 | 2 | 3 | 4
  /** A code of purposes.yaml this caller may state, or null. */
  purpose: string | null
  caseNumber: string | null
  /** Whom sealed ids are for: organisation and app, the citizen's sub, or 'nobody'. */
  audience: string
  /** The bearer token as received; a subgraph verifies it again. Null for nobody. */
  token: string | null
}

export type OrganisationKind =
  | 'STATE_AGENCY'
  | 'HEALTH_PROVIDER'
  | 'PRIVATE'
  | 'PORTAL'
  | 'COMMAND_CENTRE'
  | 'REVIEW_BODY'
  | 'PROCEDURE_SYSTEM'

export type SubjectClass = 'NONE' | 'ADULT' | 'CHILD_UNDER_7' | 'CHILD_7_17' | 'REPRESENTED' | 'DECEASED'
export type Relation = 'SELF' | 'REPRESENTATIVE' | 'OTHER'
export type Jurisdiction = 'INSIDE' | 'OUTSIDE'
export type ConsentState = 'NONE' | 'LIVE' | 'VERIFY_ONLY' | 'EXPIRED' | 'WITHDRAWN'
export type CaseState = 'COVERS' | 'NONE'
/** Whether a second person of the organisation approved, for a time, what the stated case opens. */
export type ApprovalState = 'GIVEN' | 'NONE'
/** How many people an organisation has read, against QĐ 20/2025/QĐ-TTg; IMPORTANT: past that threshold, not approved. */
export type VolumeState = 'WITHIN' | 'IMPORTANT' | 'CORE'

/** What the consent store says of one person, for one caller, purpose and case. */
export type PersonFacts = {
  subjectClass: SubjectClass
  relation: Relation
  /** Every version that names this caller's organisation and purpose, newest first. */
  consents: readonly ConsentScope[]
  /** Coordinates the stated case opens for this person to this caller; null where no open case does. */
  caseCoordinates: readonly string[] | null
  /** Those of them that a second person approved and whose time has not run out; null where none are. */
  approvedCoordinates: readonly string[] | null
}

/** The part of a consent that a decision needs. Dates are ISO 8601. */
export type ConsentScope = {
  id: string
  version: number
  state: 'GRANTED' | 'RESTRICTED' | 'REVOKED' | 'EXPIRED' | 'SUPERSEDED'
  coordinates: readonly string[]
  mode: 'VIEW' | 'VERIFY'
  /** The Art. 6(4) notice was shown (Decree 356/2025). */
  sensitiveNotice: boolean
  /** Evidence in writing (Law 91/2025 Art. 26(2) wants it for health data to insurers). */
  written: boolean
  /** For a child of 7 or over: both the child and the representative agreed. */
  coConsent: boolean
  notBefore: string
  notAfter: string
  /** Rows dated outside are not covered; null is no bound. */
  dataFrom: string | null
  dataTo: string | null
  /** Reads left; null is no bound. */
  readsLeft: number | null
}

/** What is known of the row when deciding; 'UNKNOWN' only at the gateway, before planning. */
export type RowFacts = {
  subjectClass: SubjectClass | 'UNKNOWN'
  relation: Relation | 'UNKNOWN'
  jurisdiction: Jurisdiction | 'UNKNOWN'
  consent: ConsentState | 'UNKNOWN'
  case: CaseState | 'UNKNOWN'
  approval: ApprovalState | 'UNKNOWN'
  /** Known only after the persons were counted: before that WITHIN, since counting narrows and never opens. */
  volume: VolumeState
}

export type Outcome = 'ALLOW' | 'MASK' | 'VERIFY_ONLY' | 'AGGREGATE_ONLY' | 'DENY'

/** Bases of Law 91/2025; OPEN and STRUCTURE need none. */
export type LegalBasis =
  | 'OPEN'
  | 'STRUCTURE'
  | 'SHARED'
  | 'SELF'
  | 'REPRESENTATIVE'
  | 'CONSENT'
  | '19.1.a'
  | '19.1.b'
  | '19.1.c'
  | '19.1.d'
  | '19.1.dd'
  | '11.2'
  | '19.2'

export type { ErrorCode }

/** A verdict with its reason: the same value goes to the error, the log, the explanation and the matrix. */
export type Decision = {
  outcome: Outcome
  /** True where the verdict rests on something unknown: the subgraph decides again at the row. */
  conditional: boolean
  level: Level
  /** Rule id, or 'default-deny'. */
  rule: string
  basis: LegalBasis | null
  citation: string
  /** The rule is this project's proposal; the citation is the nearest law. */
  proposal: boolean
  /** Error code of the catalogue when the outcome is not ALLOW or MASK. */
  code: ErrorCode | null
  /** The step of the order that failed; null when none did. */
  failed: DecisionStep | null
}

/** Law of order (deny wins): each step names what is looked at. */
export type DecisionStep =
  | 'secrecy'
  | 'classified'
  | 'caller'
  | 'purpose'
  | 'basis'
  | 'relation'
  | 'consent'
  | 'assurance'
  | 'jurisdiction'
  | 'case'
  | 'approval'
  | 'owner'
  | 'volume'
