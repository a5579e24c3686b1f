import type { Random } from './types.ts'

/**
 * A surrogate key that tells nothing of order or person, yet is the same for the same seed: a version 8 UUID
 * (RFC 9562 §5.8) of four draws.
 */
export function uuidFromRandom(random: Random): string {
  const [a, b, c, d] = [word(random), word(random), word(random), word(random)]
  const version = 0x8000 | (b & 0x0fff)
  const variant = 0x8000 | ((c >>> 16) & 0x3fff)
  return `${high(a)}${low(a)}-${high(b)}-${hex[version]}-${hex[variant]}-${low(c)}${high(d)}${low(d)}`
}

/** Hex of every 16-bit number: keys are made by the million. */
const hex = Array.from({ length: 0x1_0000 }, (_, value) => value.toString(16).padStart(4, '0'))

const high = (value: number): string | undefined => hex[value >>> 16]
const low = (value: number): string | undefined => hex[value & 0xffff]

/** 32 random bits. */
const word = (random: Random): number => random.next() * 0x1_0000_0000
