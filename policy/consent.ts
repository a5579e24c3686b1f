import { isWithinPeriod } from './data-period.ts'
import type { ConsentScope, ConsentState, FieldClass, OrganisationKind, PersonFacts } from './types.ts'

/** What the consents of one person say about one coordinate, and the consent that says it. */
export type ConsentMatch = { state: ConsentState; consent: ConsentScope | null }

/**
 * What one person's consents to this caller and purpose say about one field of one row. Pure and total.
 *
 * `facts.consents` already names only the caller's organisation and purpose, so another purpose never matches (CM3,
 * CM6). Of each consent the newest version alone speaks: a version that was withdrawn can't be undone by the one before
 * it (CM9). The best match wins: LIVE, then VERIFY_ONLY, then what ended last, and the newest first within each.
 *
 * - The coordinate stands in the consent letter by letter; a field that came later is not in it (CM5).
 * - Sensitive data needs the notice of Decree 356/2025 Art. 6(4) (CM4).
 * - Health data to anybody but a state agency needs the request in writing (Law 91/2025 Art. 26(2), CM10); a caller of
 *   unknown kind is taken for one that needs it.
 * - Private life of a child of 7 or over needs the child and the representative (Law 91/2025 Art. 24, CM8).
 * - The dead consent to nothing (CM13). Secrets and core data open for nobody (CM11); special data (L4) at most to a
 *   yes or no.
 * - RESTRICTED: values stop, a yes or no on a value the grantee brings stays possible (proposal: Law 91/2025 Art. 10
 *   tells restriction from withdrawal, so something less than a value has to be left).
 */
export const consentStateFor = (
  facts: PersonFacts,
  fieldClass: FieldClass,
  row: { when: string | null },
  now: Date,
  granteeKind: OrganisationKind | null = null,
): ConsentMatch => {
  if (isBeyondConsent(fieldClass)) return noMatch
  const matches = newestVersions(facts.consents).map((consent): ConsentMatch => ({
    consent,
    state: stateOf(consent, facts, fieldClass, row, now, granteeKind),
  }))
  const best = (...states: ConsentState[]) => matches.find((match) => states.includes(match.state))
  return best('LIVE') ?? best('VERIFY_ONLY') ?? best('WITHDRAWN', 'EXPIRED') ?? noMatch
}

/** Any category of Decree 356/2025 Art. 4(1), held or given away: the notice of Art. 6(4) is due. */
export const isSensitive = (fieldClass: Pick<FieldClass, 'personal' | 'inferring'>): boolean =>
  [...fieldClass.personal, ...fieldClass.inferring].some((category) => category.startsWith('S_'))

/** Law 91/2025 Art. 26(2): what health bodies hold, and health data wherever it lies, leaves on a written request only. */
export const needsWriting = (
  fieldClass: Pick<FieldClass, 'domain' | 'personal' | 'inferring'>,
  granteeKind: OrganisationKind | null,
): boolean => granteeKind !== 'STATE_AGENCY' && (fieldClass.domain === 'health' || isHealth(fieldClass))

const noMatch: ConsentMatch = { state: 'NONE', consent: null }

const isHealth = (fieldClass: Pick<FieldClass, 'personal' | 'inferring'>): boolean =>
  [...fieldClass.personal, ...fieldClass.inferring].some((category) => category === 'S_D')

const isBeyondConsent = (fieldClass: FieldClass): boolean =>
  fieldClass.level === 'L5' || fieldClass.secrecy !== 'NONE' || fieldClass.importance === 'CORE'

const newestVersions = (consents: readonly ConsentScope[]): ConsentScope[] => {
  const newest = new Map<string, number>()
  for (const { id, version } of consents) newest.set(id, Math.max(version, newest.get(id) ?? version))
  return consents.filter(({ id, version }) => newest.get(id) === version)
}

const stateOf = (
  consent: ConsentScope,
  facts: PersonFacts,
  fieldClass: FieldClass,
  row: { when: string | null },
  now: Date,
  granteeKind: OrganisationKind | null,
): ConsentState => {
  if (!consent.coordinates.includes(fieldClass.coordinate) || consent.state === 'SUPERSEDED') return 'NONE'
  if (consent.state === 'REVOKED') return 'WITHDRAWN'
  if (isSensitive(fieldClass) && !consent.sensitiveNotice) return 'NONE'
  if (needsWriting(fieldClass, granteeKind) && !consent.written) return 'NONE'
  if (facts.subjectClass === 'CHILD_7_17' && isSensitive(fieldClass) && !consent.coConsent) return 'NONE'
  if (!isWithinPeriod(row.when, consent.dataFrom, consent.dataTo)) return 'NONE'
  if (facts.subjectClass === 'DECEASED' || consent.state === 'EXPIRED') return 'EXPIRED'
  if (consent.readsLeft !== null && !(consent.readsLeft > 0)) return 'EXPIRED'
  const validity = validityAt(consent, now)
  if (validity !== 'LIVE') return validity
  if (consent.state === 'RESTRICTED') return 'VERIFY_ONLY'
  if (consent.state !== 'GRANTED') return 'NONE'
  return consent.mode === 'VIEW' && fieldClass.level !== 'L4' ? 'LIVE' : 'VERIFY_ONLY'
}

/** From `notBefore` (included) to `notAfter` (excluded). A bound that can't be read opens nothing. */
export const validityAt = (
  consent: Pick<ConsentScope, 'notBefore' | 'notAfter'>,
  now: Date,
): 'LIVE' | 'NONE' | 'EXPIRED' => {
  if (now.getTime() >= Date.parse(consent.notAfter)) return 'EXPIRED'
  const isLive = now.getTime() >= Date.parse(consent.notBefore) && now.getTime() < Date.parse(consent.notAfter)
  return isLive ? 'LIVE' : 'NONE'
}
