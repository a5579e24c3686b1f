import { hashOf } from './random.ts'

/**
 * A bijection of [0, size) that looks random: numbers drawn through it are unique by construction, without remembering
 * any. Four Feistel rounds over the next even number of bits, walked until the result is inside.
 */
export function createPermutation(size: number, key: string): (index: number) => number {
  const halfBits = Math.ceil(Math.log2(Math.max(size, 4)) / 2)
  const mask = 2 ** halfBits - 1
  const keys = [1, 2, 3, 4].map((round) => hashOf(key, round))

  const scramble = (value: number): number => {
    let left = Math.floor(value / (mask + 1))
    let right = value & mask
    for (const roundKey of keys) {
      const mixed = Math.imul(right ^ roundKey, 0x9e37_79b1)
      const swapped = right
      right = left ^ ((Math.imul(mixed ^ (mixed >>> 15), 0x85eb_ca6b) >>> 9) & mask)
      left = swapped
    }
    return left * (mask + 1) + right
  }

  return (index) => {
    if (index < 0 || index >= size) throw new RangeError('index outside the permutation')
    let value = scramble(index)
    while (value >= size) value = scramble(value)
    return value
  }
}
