import type { Random } from './types.ts'

/**
 * A surrogate key that tells nothing of order or person, yet is the same for the same seed: a version 8 UUID
 * (RFC 9562 §5.8) of four draws.
 */
export function uuidFromRandom(random: Random): string {
  const [a, b, c, d] = [word(random), word(random), word(random), word(random)]
  const version = 0x8000 | (b & 0x0fff)
  const variant = 0x8000 | ((c >>> 16) & 0x3fff)
  return `${high(a)}${low(a)}-${high(b)}-${low(version)}-${low(variant)}-${low(c)}${high(d)}${low(d)}`
}

/** Hex of every byte: keys are made by the million. */
const hex = Array.from({ length: 0x100 }, (_, value) => value.toString(16).padStart(2, '0'))

const low = (value: number): string => `${hex[(value >>> 8) & 0xff]}${hex[value & 0xff]}`
const high = (value: number): string => low(value >>> 16)

/** 32 random bits. */
const word = (random: Random): number => random.next() * 0x1_0000_0000
