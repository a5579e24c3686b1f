import { isoFromDay, twoDigits } from '../../../synthetic/calendar.ts'
import type { Life } from '../../../synthetic/life.ts'
import type { Random } from '../../../synthetic/types.ts'
import { uuidFromRandom } from '../../../synthetic/uuid-from-random.ts'
import type { Costs, createCosts } from './costs.ts'
import type { Facilities, Facility } from './facilities.ts'
import { cardOn } from './insurance-cards.ts'
import type { Card } from './insurance-cards.ts'
import type { Drug, LabValue, Treatments } from './treatments.ts'
import type { PlannedVisit } from './visit-plan.ts'

export type Visit = {
  visitNo: string
  facility: Facility
  visitObject: string
  admittedAt: string
  dischargedAt: string
  reason: string | null
  mainDiagnosis: string
  secondaryDiagnoses: readonly string[]
  costs: Costs
  drugs: readonly Drug[]
  labs: readonly LabValue[]
}

export type VisitTools = { facilities: Facilities; treatments: Treatments; costsOf: ReturnType<typeof createCosts> }

/** Fills in planned visits: where, under which object code, with which drugs, tests and costs. */
export function visitsFromPlan(
  tools: VisitTools,
  life: Life,
  plan: readonly PlannedVisit[],
  cards: readonly Card[],
  primary: Facility,
  random: Random,
): readonly Visit[] {
  return plan.map((visit) => {
    const facility = facilityOf(tools.facilities, life, visit, primary, random)
    const card = cardOn(cards, visit.day)
    return {
      visitNo: visitNo(random),
      facility,
      visitObject: objectOf(visit, facility, primary, card),
      ...timesOf(visit, random),
      reason: tools.treatments.reasonOf(visit.code),
      mainDiagnosis: visit.code,
      secondaryDiagnoses: visit.secondary,
      costs: tools.costsOf(visit, facility, card, random),
      drugs: tools.treatments.drugsFor(visit.code, random),
      labs: facility.kind === 'COMMUNE_STATION' ? [] : tools.treatments.labsFor(visit.code, random),
    }
  })
}

/** MA_LK is the hospital's own; here a random one, so that it tells neither place nor order. */
function visitNo(random: Random): string {
  return `LK${uuidFromRandom(random).replaceAll('-', '').slice(0, 20).toUpperCase()}`
}

function facilityOf(
  facilities: Facilities,
  life: Life,
  visit: PlannedVisit,
  primary: Facility,
  random: Random,
): Facility {
  if (life.person.persona === 'citizen') return primary
  const { currentProvince } = life.person
  if (/^(C|I21|I63|B24|F)/.test(visit.code)) return facilities.specialisedIn(currentProvince, random)
  if (visit.nights > 0 || visit.kind === 'BIRTH') {
    return primary.kind === 'HOSPITAL' ? primary : facilities.hospitalIn(currentProvince, random)
  }
  return random.chance(0.75) ? primary : facilities.hospitalIn(currentProvince, random)
}

/** Why the patient may be seen there (QĐ 3276/QĐ-BYT, annex 10). */
function objectOf(visit: PlannedVisit, facility: Facility, primary: Facility, card: Card | null): string {
  if (card === null) return '9'
  if (visit.kind === 'EMERGENCY') return '2'
  if (facility.code === primary.code) return '1.1'
  if (facility.level === 'INITIAL') return '1.2'
  return visit.kind === 'FOLLOW_UP' ? '1.5' : '1.3'
}

/** Office hours in Viet Nam (UTC+7) for outpatients, any hour for births and emergencies; all within the days planned. */
function timesOf(visit: PlannedVisit, random: Random): { admittedAt: string; dischargedAt: string } {
  const isAnytime = visit.kind === 'BIRTH' || visit.kind === 'EMERGENCY'
  const admitted = isAnytime ? random.int(0, 20 * 60) : random.int(7 * 60, 16 * 60)
  const discharged = visit.nights > 0 ? random.int(8 * 60, 16 * 60) : admitted + random.int(25, 230)
  return { admittedAt: instant(visit.day, admitted), dischargedAt: instant(visit.day + visit.nights, discharged) }
}

function instant(day: number, minutes: number): string {
  return `${isoFromDay(day)}T${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}:00+07:00`
}
