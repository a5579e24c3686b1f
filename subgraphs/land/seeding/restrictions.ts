import type { Random } from '../../../synthetic/types.ts'
import { dayBetween, dayInWords, daysLater, lastDay } from './dates.ts'
import type { RestrictionDraft } from './drafts.ts'

/** Made-up lenders: no real bank stands in the register. */
const lenders = ['Ngân hàng mẫu', 'Ngân hàng mẫu số 2', 'Ngân hàng mẫu số 3', 'Quỹ tín dụng nhân dân mẫu']

/** Kinds other than mortgages: how often, and how their papers are numbered. */
const others: readonly { kind: string; chance: number; suffix: string }[] = [
  { kind: 'SEIZURE', chance: 0.004, suffix: 'QĐ-CTHADS' },
  { kind: 'DISPUTE', chance: 0.006, suffix: 'TB-TLVA' },
  { kind: 'PLANNING', chance: 0.015, suffix: 'QĐ-UBND' },
  { kind: 'CORRIDOR', chance: 0.008, suffix: 'QĐ-UBND' },
  { kind: 'EASEMENT', chance: 0.006, suffix: 'VB-ĐKĐĐ' },
  { kind: 'FINANCIAL_DEBT', chance: 0.015, suffix: 'TB-NĐTC' },
]

/** What rests on a right registered on a day: a tenth is mortgaged, little else. */
export function restrictionsOf(random: Random, registeredOn: string): readonly RestrictionDraft[] {
  const since = daysLater(registeredOn, 30)
  const found = others
    .filter(({ chance }) => random.chance(chance))
    .map(({ kind, suffix }) => numbered(random, kind, suffix, since))
  const lot = random.next()
  if (lot >= 0.14) return found
  const mortgage = { ...numbered(random, 'MORTGAGE', 'ĐK-TC', since), mortgagee: random.pick(lenders) }
  if (lot < 0.1) return [mortgage, ...found]
  return [{ ...mortgage, liftedOn: dayBetween(random, mortgage.registeredOn, lastDay) }, ...found]
}

function numbered(random: Random, kind: string, suffix: string, since: string): RestrictionDraft {
  const registeredOn = dayBetween(random, since > '2015-01-01' ? since : '2015-01-01', lastDay)
  const decisionNo = `${random.int(12, 4800)}/${suffix}, ngày ${dayInWords(registeredOn)}`
  return { kind, mortgagee: null, decisionNo, registeredOn, liftedOn: null }
}
