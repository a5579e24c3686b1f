import type { Place } from '../../../synthetic/reference.ts'
import type { Random } from '../../../synthetic/types.ts'
import { dayBetween, daysLater, lastDay } from './dates.ts'
import type { CertificateDraft } from './drafts.ts'

/**
 * The certificates of a right registered on a day: the one then issued and, for some of the older, the one it was replaced
 * by. Heirs get one each, couples one together (Land Law 2024).
 */
export function certificatesOf(
  random: Random,
  place: Place,
  registeredOn: string,
  shared: boolean,
): readonly CertificateDraft[] {
  const issuedAt = daysLater(registeredOn, random.int(5, 30))
  const first = { issuedAt, issuer: issuerOn(place, issuedAt), shared }
  if (issuedAt > '2024-01-01' || !random.chance(0.14)) return [{ ...first, status: 'VALID' }]
  const replacedAt = dayBetween(random, daysLater(issuedAt, 300), lastDay)
  return [
    { ...first, status: 'REPLACED' },
    { issuedAt: replacedAt, issuer: issuerOn(place, replacedAt), shared, status: 'VALID' },
  ]
}

/** Who issued certificates on a day (modelled); units by today's names, as the register shows them. */
function issuerOn(place: Place, day: string): string {
  if (day >= '2025-07-01') return `Ủy ban nhân dân ${lowerFirst(place.fullName)}`
  if (day >= '2025-03-01') return `Sở Nông nghiệp và Môi trường ${place.provinceName}`
  if (day >= '2015-01-01') return `Sở Tài nguyên và Môi trường ${place.provinceName}`
  return `Ủy ban nhân dân cấp huyện, ${place.provinceName}`
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLocaleLowerCase('vi') + text.slice(1)
}
