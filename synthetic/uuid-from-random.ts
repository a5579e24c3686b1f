import type { Random } from './types.ts'

/**
 * A surrogate key that tells nothing of order or person, yet is the same for the same seed: a version 8 UUID
 * (RFC 9562 §5.8) of four draws.
 */
export function uuidFromRandom(random: Random): string {
  const [a, b, c, d] = [word(random), word(random), word(random), word(random)]
  const variant = '89ab'[Number.parseInt(c.charAt(0), 16) & 3]
  return `${a}-${b.slice(0, 4)}-8${b.slice(5)}-${variant}${c.slice(1, 4)}-${c.slice(4)}${d}`
}

/** Hex of every 16-bit number: keys are made by the million. */
const hex = Array.from({ length: 0x1_0000 }, (_, value) => value.toString(16).padStart(4, '0'))

function word(random: Random): string {
  const value = random.int(0, 0xffff_ffff)
  return `${hex[value >>> 16]}${hex[value & 0xffff]}`
}
