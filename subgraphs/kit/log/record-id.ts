import { randomBytes } from 'node:crypto'

/**
 * A record's id: a UUIDv8 (RFC 9562) of retention class (8 bits), milliseconds since 1970 (48 bits), random bits, and a
 * last group ending in 0000, where the entries of the record have their ordinal. Ids of one class sort by time, and the
 * database partitions by them.
 */
export function recordId(retention: number, at: Date, random: (size: number) => Uint8Array = randomBytes): string {
  const time = at.getTime().toString(16).padStart(12, '0')
  const noise = Buffer.from(random(7)).toString('hex')
  const variant = ((Number.parseInt(noise.slice(0, 1), 16) & 3) | 8).toString(16)
  const hex = `${retention.toString(16).padStart(2, '0')}${time.slice(0, 10)}8${time.slice(10)}${noise[1]}${variant}${noise.slice(2, 13)}0000`
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
