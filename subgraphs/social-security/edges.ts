import type { Edge } from '../kit/types.ts'
import {
  beneficiary,
  benefit,
  benefitPeriod,
  carer,
  contributionRates,
  disabilityAssessment,
  disabilityCert,
  employer,
  lastEmployer,
  participation,
  povertyRecord,
  povertyScores,
  siMember,
  unemploymentCase,
} from './tables.ts'

const person = (field: string): Edge => ({ kind: 'person', field })
const member = person('member')
const holder = person('holder')
const recipient = person('recipient')

/** Where the social-security database's objects come from. */
export const edges: Readonly<Record<string, Readonly<Record<string, Edge>>>> = {
  Citizen: {
    socialInsurance: { kind: 'one', table: siMember, by: 'personal_id' },
    socialAssistance: { kind: 'list', table: beneficiary, by: 'personal_id' },
    povertyRecord: { kind: 'one', table: povertyRecord, by: 'personal_id' },
    disabilityCertificate: { kind: 'one', table: disabilityCert, by: 'personal_id' },
  },
  SiMember: {
    member,
    participations: { kind: 'connection', table: participation, by: 'member_id' },
    benefits: { kind: 'list', table: benefit, by: 'member_id' },
    unemploymentCases: { kind: 'list', table: unemploymentCase, by: 'member_id' },
  },
  Participation: {
    member,
    employer: { kind: 'one', table: employer, by: 'id', where: 't.employer_id is not null' },
    rates: { kind: 'reference', table: contributionRates, column: 't.rate_id' },
  },
  Benefit: { member, period: { kind: 'embed', table: benefitPeriod } },
  BenefitPeriod: { member },
  Employer: { member },
  UnemploymentCase: { member, lastEmployer: { kind: 'embed', table: lastEmployer } },
  Beneficiary: { recipient, carer: { kind: 'one', table: carer, by: 'id', where: 't.carer_id is not null' } },
  Carer: { recipient, person: person('person') },
  PovertyRecord: { member, scoreB1B2: { kind: 'embed', table: povertyScores } },
  PovertyScores: { member },
  DisabilityCert: { holder, formAndDegree: { kind: 'embed', table: disabilityAssessment } },
  DisabilityAssessment: { holder },
}
