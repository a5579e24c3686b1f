import { createHmac } from 'node:crypto'

/** Rounds the value of a cell to a multiple of `base`, up or down. */
export type RoundCell = (cell: string, value: number, base: number) => number

/**
 * Unbiased random rounding that is the same each time: a remainder r of the base goes up with probability r / base, as a
 * threshold says that HMAC-SHA-256 draws for this cell and this multiple. So asking again averages nothing out, a
 * multiple of the base stays what it is, and no value moves by the base or more.
 */
export function createRoundCell(secret: Uint8Array): RoundCell {
  return (cell, value, base) => {
    const whole = Math.floor(value / base)
    const drawn = createHmac('sha256', secret).update(`${cell}|${base}|${whole}`).digest().readUIntBE(0, 6) % base
    return value - whole * base > drawn ? (whole + 1) * base : whole * base
  }
}
