import { dayFromIso, isoFromDay } from '../../../synthetic/calendar.ts'
import type { Life } from '../../../synthetic/life.ts'
import type { Person, Random } from '../../../synthetic/types.ts'
import { uuidFromRandom } from '../../../synthetic/uuid-from-random.ts'
import type { CopyValue } from '../../kit/postgres/copy-rows.ts'
import type { Assistance } from './assistance.ts'

export type ProtectionRow = { table: 'beneficiary' | 'poverty_record' | 'disability_cert'; row: readonly CopyValue[] }

/** Year of the latest review of households. */
const reviewYear = 2025
/** Communes certify disabilities since. */
const certifiedFrom = dayFromIso('2012-10-01')
const citizensCertificate = dayFromIso('2016-08-17')

/** Assistance, poverty review and disability certificate of a person, as rows. */
export function protectionRows(
  life: Life,
  household: readonly Person[],
  assistance: readonly Assistance[],
): readonly ProtectionRow[] {
  const { person } = life
  const keys = person.random('protection/keys')
  const place = [person.currentProvince, person.currentCommune]
  return [
    ...certificates(life, place, keys),
    ...assistance.map(({ category, coefficient, base, from, to, carerId }): ProtectionRow => ({
      table: 'beneficiary',
      row: [
        uuidFromRandom(keys),
        person.personalId,
        category,
        coefficient,
        base.from,
        base.value,
        Math.round(coefficient * base.value),
        `${keys.int(100, 999_999)}/QĐ-UBND`,
        isoFromDay(from),
        to === null ? null : isoFromDay(to),
        carerId,
        ...place,
      ],
    })),
    ...povertyRecords(life, household, place),
  ]
}

function certificates(life: Life, place: readonly CopyValue[], keys: Random): ProtectionRow[] {
  const { personalId, disability, currentProvince } = life.person
  if (disability === null || life.until - life.from < 60) return []
  const earliest = Math.max(life.from + 30, certifiedFrom)
  const drawn = Math.min(life.until, earliest + keys.int(0, Math.max(0, life.until - earliest)))
  const issued = life.person.persona === 'citizen' ? citizensCertificate : drawn
  const number = `KT-${currentProvince}-${String(keys.int(0, 9_999_999_999)).padStart(10, '0')}`
  return [
    {
      table: 'disability_cert',
      row: [uuidFromRandom(keys), personalId, number, disability.form, disability.degree, isoFromDay(issued), ...place],
    },
  ]
}

/** Scores are the household's: the same for all its members. Households that are clearly not poor aren't reviewed. */
function povertyRecords(life: Life, household: readonly Person[], place: readonly CopyValue[]): ProtectionRow[] {
  const { person } = life
  const [first = person] = household
  const random = first.random('poverty')
  const isReviewed = person.poverty !== 'NONE' || random.chance(0.03)
  if (!isReviewed || !life.isOpen || life.from > life.until || person.birthYear > reviewYear) return []
  const low = random.int(60, 140)
  const [b1, b2] =
    person.poverty === 'POOR'
      ? [low, 10 * random.int(3, 7)]
      : person.poverty === 'NEAR_POOR'
        ? [low, 10 * random.int(0, 2)]
        : [random.int(180, 260), 10 * random.int(0, 4)]
  return [
    {
      table: 'poverty_record',
      row: [person.personalId, person.householdId, reviewYear, person.poverty, b1, b2, ...place],
    },
  ]
}
