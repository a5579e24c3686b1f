import type { Random } from '../../../synthetic/types.ts'
import { isoFromDay } from '../../../synthetic/calendar.ts'
import { readData } from '../read-data.ts'
import type { Facility } from './facilities.ts'
import type { Card } from './insurance-cards.ts'
import type { PlannedVisit } from './visit-plan.ts'

/** Whole dong; the two parts add up to the total. */
export type Costs = { total: number; insurance: number; patient: number }

/** Base salary (VND a month) from a day on: NĐ 73/2024/NĐ-CP and NĐ 161/2026/NĐ-CP. */
const baseSalaries = [
  { from: '2026-07-01', amount: 2_530_000 },
  { from: '2024-07-01', amount: 2_340_000 },
  { from: '0001-01-01', amount: 1_800_000 },
]

/**
 * What a visit costs and who pays: by the card's benefit level, in full at a commune station and below 15 % of the base
 * salary (bhyt_benefit_levels.csv), by the patient alone without a card.
 */
export function createCosts(): (visit: PlannedVisit, facility: Facility, card: Card | null, random: Random) => Costs {
  const rates = new Map(readData('bhyt_benefit_levels.csv').map((row) => [row.number('digit'), row.number('rate')]))
  return (visit, facility, card, random) => {
    const total = totalOf(visit, facility, random)
    if (card === null) return { total, insurance: 0, patient: total }
    const day = isoFromDay(visit.day)
    const base = baseSalaries.find((one) => one.from <= day)?.amount ?? 0
    const isFree = facility.kind === 'COMMUNE_STATION' || total < 0.15 * base
    const rate = isFree ? 1 : (rates.get(card.benefitLevel) ?? 0)
    const insurance = Math.round(total * rate)
    return { total, insurance, patient: total - insurance }
  }
}

function totalOf(visit: PlannedVisit, facility: Facility, random: Random): number {
  const factor = facility.level === 'SPECIALISED' ? 1.6 : facility.level === 'BASIC' ? 1.15 : 1
  const thousands =
    visit.nights > 0
      ? visit.nights * random.int(550, 1400) + random.int(300, 4000)
      : facility.kind === 'COMMUNE_STATION'
        ? random.int(36, 190)
        : random.int(120, 720)
  return Math.round(thousands * factor) * 1000
}
