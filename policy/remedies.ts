/** What a caller can do about an error: plain objects a form can act on, built only from what the caller already knows. */
import { aggregatesInstead } from './aggregates-instead.ts'
import type { Level } from './types.ts'

/** What is known where an error is made; a remedy is built from this and nothing else. */
export type ErrorPlace = {
  /** `Type.field` */
  coordinate?: string
  level?: Level
  requestId?: string
  /** Organisation id of the caller, to whom a consent would be given. */
  grantee?: string | null
  /** The purpose the caller stated. */
  purpose?: string | null
  /** The case number the caller stated. */
  caseNumber?: string | null
  /** The purposes the caller may state. */
  purposes?: readonly string[]
}

/** What to do about an error: `action` says which form to show, the rest fills it in. */
export type Remedy = { action: string } & Readonly<Record<string, unknown>>

/** Lowest authentication level of Decree 69/2024 that opens a level (a proposal of this project). */
const authnLevels: Readonly<Record<Level, number>> = { L0: 0, L1: 2, L2: 2, L3: 3, L4: 4, L5: 4 }

/** Sign in again, at the level the field needs. */
export const stepUp = (at: ErrorPlace): Remedy => ({
  action: 'STEP_UP',
  authnLevel: authnLevels[at.level ?? 'L2'],
  accountLevel: 2,
})

/** Name a purpose, out of those the caller may state. */
export const statePurpose = (at: ErrorPlace): Remedy => ({
  action: 'STATE_PURPOSE',
  header: 'X-Purpose',
  purposes: at.purposes ?? [],
})

const coordinates = (at: ErrorPlace): readonly string[] => (at.coordinate === undefined ? [] : [at.coordinate])

/** The consent request to make: what the mutation `requestConsent` wants. */
export const requestConsent = (at: ErrorPlace): Remedy => ({
  action: 'REQUEST_CONSENT',
  mutation: 'requestConsent',
  coordinates: coordinates(at),
  purpose: at.purpose ?? null,
  grantee: at.grantee ?? null,
})

/** The request to make to a second person: what the mutation `requestApproval` wants. */
export const requestApproval = (at: ErrorPlace): Remedy => ({
  action: 'REQUEST_APPROVAL',
  mutation: 'requestApproval',
  case: at.caseNumber ?? null,
  coordinates: coordinates(at),
  purpose: at.purpose ?? null,
})

/** The request to make to a second person, once an organisation has read as many people as it may: what the mutation wants. */
export const requestVolumeApproval = (at: ErrorPlace): Remedy => ({
  action: 'REQUEST_APPROVAL',
  mutation: 'requestVolumeApproval',
  purpose: at.purpose ?? null,
  personalClass: at.level === 'L2' ? 'BASIC' : 'SENSITIVE',
})

/** Ask again later. */
export const retry = (afterSeconds: number) => (): Remedy => ({ action: 'RETRY', afterSeconds })

/** Ask for figures instead: of the nation (`Query.nation`) or of any unit. */
export const useAggregates = (at: ErrorPlace): Remedy => ({
  action: 'USE_AGGREGATES',
  ...(at.coordinate === undefined ? {} : { coordinates: coordinates(at), instead: aggregatesInstead(at.coordinate) }),
})

/** An action about a field, or about the request where no field is known. */
export const simply =
  (action: string) =>
  (at: ErrorPlace): Remedy =>
    at.coordinate === undefined ? { action } : { action, coordinates: coordinates(at) }
