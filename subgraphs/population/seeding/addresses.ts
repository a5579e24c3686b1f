import { dayFromDate, dayFromIso, isoFromDay } from '../../../synthetic/calendar.ts'
import { unitFromText } from '../../../synthetic/random.ts'
import type { Place, Reference } from '../../../synthetic/reference.ts'
import type { Person } from '../../../synthetic/types.ts'

export type AdminAddressRow = {
  kind: 'BIRTH' | 'BIRTH_REGISTRATION' | 'HOME_TOWN'
  text: string
  commune: string | null
  province: string | null
  country: string
}

export type ResidenceRow = {
  kind: 'PERMANENT' | 'TEMPORARY' | 'CURRENT'
  text: string
  line: string | null
  commune: string | null
  province: string
  since: string
}

/** Residences registered before this day were rewritten to the two-level units that began on it. */
const reform = '2025-07-01'

/** The places a person comes from and lives at, as text by the names of the day they were registered. */
export function createAddresses(reference: Reference, asOf: string) {
  const byProvince = Map.groupBy(reference.places, (place) => place.province)
  const placeOf = (commune: string): Place => {
    const place = reference.placeByCommune.get(commune)
    if (place === undefined) throw new RangeError(`no commune ${commune}`)
    return place
  }

  const inVietNam = (kind: AdminAddressRow['kind'], place: Place): AdminAddressRow => ({
    kind,
    text: `${place.fullName}, ${place.provinceName}`,
    commune: place.commune,
    province: place.province,
    country: 'VN',
  })

  const origins = (person: Person): readonly AdminAddressRow[] => {
    const home = inVietNam('HOME_TOWN', placeOf(person.homeCommune))
    if (person.birthCommune === null) {
      const abroad = {
        text: `Nước ngoài (${person.birthCountry})`,
        commune: null,
        province: null,
        country: person.birthCountry,
      }
      return [{ kind: 'BIRTH', ...abroad }, { kind: 'BIRTH_REGISTRATION', ...abroad }, home]
    }
    const random = person.random('birth-place')
    const registered = placeOf(person.birthCommune)
    const wards = byProvince.get(registered.province) ?? [registered]
    const born = random.chance(0.15) && person.persona === null ? random.pick(wards) : registered
    return [inVietNam('BIRTH', born), inVietNam('BIRTH_REGISTRATION', registered), home]
  }

  const residences = (person: Person): readonly ResidenceRow[] => {
    const random = person.random('residence')
    const end = dayFromIso(person.diedOn ?? asOf)
    const start = Math.max(dayFromIso(person.bornOn), dayFromDate(2006, 7, 1))
    const since = (): string => isoFromDay(random.int(Math.min(start, end), end))
    const isMoved = person.currentCommune !== null && person.currentCommune !== person.permanentCommune
    const permanent = placeOf(person.permanentCommune)
    const rows = [row('PERMANENT', isMoved ? homeLine(person) : person.addressLine, permanent, since())]
    if (person.currentCommune === null) return [...rows, unsettled(person, reference, since())]
    const current = placeOf(person.currentCommune)
    const from = isMoved ? since() : (rows[0]?.since ?? since())
    if (isMoved && random.chance(0.8)) rows.push(row('TEMPORARY', person.addressLine, current, from))
    return [...rows, row('CURRENT', person.addressLine, current, from)]
  }

  return { origins, residences }
}

function row(kind: ResidenceRow['kind'], line: string, place: Place, since: string): ResidenceRow {
  const name =
    place.former !== null && (since > reform ? since : reform) < place.former.until ? place.former.name : place.fullName
  const { commune, province, provinceName } = place
  return { kind, text: `${line}, ${name}, ${provinceName}`, line, commune, province, since }
}

/** One line for a whole household, wherever its members are registered. */
function homeLine(person: Person): string {
  return `Tổ ${1 + Math.floor(unitFromText(person.householdId) * 24)}`
}

function unsettled(person: Person, reference: Reference, since: string): ResidenceRow {
  const province = reference.places.find((place) => place.province === person.currentProvince)?.provinceName ?? ''
  return {
    kind: 'CURRENT',
    text: `Không có nơi ở ổn định, ${province}`,
    line: null,
    commune: null,
    province: person.currentProvince,
    since,
  }
}
