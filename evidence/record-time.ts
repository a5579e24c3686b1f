/** Months and years that a record is kept by its retention class, and what its partition is one of (migrations/001_log.sql). */
const classes: Readonly<Record<number, { grain: 'month' | 'year'; days: number; years: number }>> = {
  1: { grain: 'month', days: 90, years: 0 },
  2: { grain: 'month', days: 0, years: 1 },
  3: { grain: 'year', days: 0, years: 5 },
  4: { grain: 'year', days: 0, years: 10 },
  5: { grain: 'year', days: 0, years: 20 },
}

/** True for the id of a record: a UUIDv8 whose last two bytes are 0. */
export function isRecordId(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{8}0000$/.test(text)
}

/** When a record was made, by its id (UUIDv8: retention class, milliseconds around the version digit, random bits). */
export function recordTime(id: string): Date {
  return new Date(Number.parseInt(id.slice(2, 8) + id.slice(9, 13) + id.slice(15, 17), 16))
}

/** The first moment at which a record's partition may be dropped; null for an id of no retention class. */
export function keptUntil(id: string): Date | null {
  const kept = classes[Number.parseInt(id.slice(0, 2), 16)]
  if (kept === undefined) return null
  const at = recordTime(id)
  const isMonth = kept.grain === 'month'
  const months = (isMonth ? at.getUTCMonth() + 1 : 12) + kept.years * 12
  return new Date(Date.UTC(at.getUTCFullYear(), months, 1 + kept.days))
}
