import { consentStateFor } from './consent.ts'
import type { KnownRow } from './decide.ts'
import type { ConsentScope, FieldClass, Jurisdiction, PersonFacts, Principal, RowFacts } from './types.ts'

/** INSIDE where the caller's places hold the row's province or commune; a row without a place is inside the nation alone. */
export function jurisdictionOf(principal: Principal, place: readonly string[]): Jurisdiction {
  const isInside = principal.jurisdiction.includes('VN') || place.some((code) => principal.jurisdiction.includes(code))
  return isInside ? 'INSIDE' : 'OUTSIDE'
}

/** What is known before any row is found, of all of them: who asks, and what they stated. */
export function factsBeforePlanning(principal: Principal): RowFacts {
  const { jurisdiction } = principal
  return {
    subjectClass: 'UNKNOWN',
    relation: principal.personalId === null ? 'OTHER' : 'UNKNOWN',
    jurisdiction: jurisdiction.includes('VN') ? 'INSIDE' : jurisdiction.length === 0 ? 'OUTSIDE' : 'UNKNOWN',
    consent: principal.purpose === null || principal.org === null ? 'NONE' : 'UNKNOWN',
    case: principal.caseNumber === null ? 'NONE' : 'UNKNOWN',
    approval: principal.caseNumber === null ? 'NONE' : 'UNKNOWN',
    volume: 'WITHIN',
  }
}

const nothingOpens = { consent: 'NONE', case: 'NONE', approval: 'NONE', volume: 'WITHIN' } as const

/** What is known of a row before the consent store was asked: place, whether a person asks for themselves, whether a case was stated. */
export function factsBeforeStore(principal: Principal, person: string | null, jurisdiction: Jurisdiction): RowFacts {
  if (person === null) return { subjectClass: 'NONE', relation: 'OTHER', jurisdiction, ...nothingOpens }
  const isSelf = principal.personalId !== null && principal.personalId === person
  const isCitizen = principal.personalId !== null
  return {
    subjectClass: 'UNKNOWN',
    relation: isSelf ? 'SELF' : isCitizen ? 'UNKNOWN' : 'OTHER',
    jurisdiction,
    consent: principal.purpose === null || principal.org === null ? 'NONE' : 'UNKNOWN',
    case: principal.caseNumber === null ? 'NONE' : 'UNKNOWN',
    approval: principal.caseNumber === null ? 'NONE' : 'UNKNOWN',
    volume: 'WITHIN',
  }
}

/** Everything known: with the consent that would carry the verdict, if one does. */
export function knownRow(
  principal: Principal,
  field: FieldClass,
  facts: PersonFacts,
  row: { when: string | null; jurisdiction: Jurisdiction },
  now: Date,
): { row: KnownRow; consent: ConsentScope | null } {
  const match = consentStateFor(facts, field, row, now, principal.orgKind)
  return {
    consent: match.consent,
    row: {
      subjectClass: facts.subjectClass,
      relation: facts.relation,
      jurisdiction: row.jurisdiction,
      consent: match.state,
      case: facts.caseCoordinates?.includes(field.coordinate) ? 'COVERS' : 'NONE',
      approval: facts.approvedCoordinates?.includes(field.coordinate) ? 'GIVEN' : 'NONE',
      volume: 'WITHIN',
    },
  }
}
