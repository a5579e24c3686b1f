import { dateFromDay, dayFromDate, dayFromIso, isoFromDay } from '../../../synthetic/calendar.ts'
import type { Person } from '../../../synthetic/types.ts'

export type IdDocumentRow = {
  kind: 'CC' | 'CCCD' | 'CMND9'
  issuedOn: string
  issuedBy: string
  expiresOn: string | null
}

/** Ages at which a card is changed, as recalled; one issued less than two years before waits for the next. */
const changes = [14, 25, 40, 60]
const chipCards = dayFromDate(2021, 1, 1)
const newCards = dayFromDate(2024, 7, 1)
const lastOldCard = dayFromDate(2015, 12, 31)
/** Nine-digit cards were good until this day. */
const oldCardsEnd = dayFromDate(2024, 12, 31)

/** The identity documents a person was issued until they died or `asOf`, in order. */
export function idDocuments(person: Person, asOf: string): readonly IdDocumentRow[] {
  const random = person.random('documents')
  const end = dayFromIso(person.diedOn ?? asOf)
  const born = dateFromDay(dayFromIso(person.bornOn))
  const birthday = (age: number): number => dayFromDate(born.year + age, born.month, born.day)
  const rows: IdDocumentRow[] = []
  if (person.oldIdNumber !== null) {
    const issued = Math.min(lastOldCard, birthday(14) + random.int(60, 3000))
    const expires = Math.min(issued + 15 * 365, oldCardsEnd)
    rows.push({
      kind: 'CMND9',
      issuedOn: isoFromDay(issued),
      issuedBy: 'Công an cấp tỉnh',
      expiresOn: isoFromDay(expires),
    })
  }
  const isOfAge = birthday(14) <= end
  if (!random.chance(person.persona !== null ? 1 : isOfAge ? 0.97 : birthday(6) <= end ? 0.2 : 0)) return rows

  const earliest = isOfAge ? Math.max(birthday(14), chipCards) : Math.max(birthday(6), newCards)
  let issued = earliest + random.int(5, earliest === chipCards ? 1100 : 200)
  while (issued <= end) {
    const expires = changes.map(birthday).find((day) => day > issued + (day === birthday(14) ? 0 : 730)) ?? null
    rows.push(card(issued, expires))
    if (expires === null || expires > end) break
    issued = expires - random.int(0, 60)
  }
  return rows
}

function card(issued: number, expires: number | null): IdDocumentRow {
  const isNew = issued >= newCards
  return {
    kind: isNew ? 'CC' : 'CCCD',
    issuedOn: isoFromDay(issued),
    issuedBy: isNew ? 'Bộ Công an' : 'Cục Cảnh sát quản lý hành chính về trật tự xã hội',
    expiresOn: expires === null ? null : isoFromDay(expires),
  }
}
