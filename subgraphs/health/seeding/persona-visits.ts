import { dayFromIso } from '../../../synthetic/calendar.ts'
import type { PlannedVisit } from './visit-plan.ts'

/**
 * Visits of the citizen of the personas, the same in every population: high blood pressure under control, a pneumonia on
 * sick leave, smaller things.
 */
export const citizensVisits: readonly PlannedVisit[] = [
  { day: dayFromIso('2025-02-18'), code: 'I10', secondary: ['E78.5'], nights: 0, kind: 'FOLLOW_UP' },
  { day: dayFromIso('2025-07-22'), code: 'K29.7', secondary: ['I10'], nights: 0, kind: 'ACUTE' },
  { day: dayFromIso('2025-11-11'), code: 'I10', secondary: ['E78.5'], nights: 0, kind: 'FOLLOW_UP' },
  { day: dayFromIso('2026-03-09'), code: 'J18.9', secondary: ['I10'], nights: 6, kind: 'EMERGENCY' },
  { day: dayFromIso('2026-08-04'), code: 'I10', secondary: ['E78.5'], nights: 0, kind: 'FOLLOW_UP' },
]
