/**
 * HyperLogLog (Flajolet et al. 2007) with the estimator of Ertl, "New cardinality estimation algorithms for HyperLogLog
 * sketches" (2017, Algorithm 6), which needs no correction at either end. One byte a register.
 */

/** Registers of every sketch: 4 KiB each. */
export const registerCount = 4096
/** Standard error of an estimate, as a share of the true number. */
export const relativeError = 1.04 / Math.sqrt(registerCount)

export type Sketch = Uint8Array
/** Where a subject falls: one of the registers, and how seldom a hash reaches this rank there (2^-rank). */
export type Mark = { register: number; rank: number }

/** The most a rank can be: 64 bits follow those that name the register. */
const highestRank = 65

export function emptySketch(): Sketch {
  return new Uint8Array(registerCount)
}

/** The mark of a keyed, evenly spread hash of at least ten bytes. */
export function markOf(hash: Buffer): Mark {
  const high = hash.readUInt32BE(2)
  const rank = high === 0 ? 33 + Math.clz32(hash.readUInt32BE(6)) : 1 + Math.clz32(high)
  return { register: hash.readUInt16BE(0) & (registerCount - 1), rank }
}

/** True where this subject, or one that looks like it, was put in before: counting it again would change nothing. */
export function holds(sketch: Sketch, { register, rank }: Mark): boolean {
  return (sketch[register] ?? 0) >= rank
}

/** Puts a subject in. */
export function raise(sketch: Sketch, { register, rank }: Mark): void {
  sketch[register] = Math.max(sketch[register] ?? 0, rank)
}

/** The sketch of everybody who is in any of these. */
export function union(sketches: readonly Sketch[]): Sketch {
  const merged = emptySketch()
  for (const sketch of sketches)
    for (let register = 0; register < registerCount; register += 1)
      if ((sketch[register] ?? 0) > (merged[register] ?? 0)) merged[register] = sketch[register] ?? 0
  return merged
}

/** The share of new subjects that still raise a register: each that does stands for one in so many. */
export function openness(sketch: Sketch): number {
  let sum = 0
  for (const rank of sketch) sum += 2 ** -rank
  return sum / registerCount
}

/** How many different subjects were put in, within `relativeError` two times in three. */
export function estimate(sketch: Sketch): number {
  const counts = new Uint16Array(highestRank + 1)
  for (const rank of sketch) counts[rank] = (counts[rank] ?? 0) + 1
  const share = (rank: number): number => (counts[rank] ?? 0) / registerCount
  let z = registerCount * tau(1 - share(highestRank))
  for (let rank = highestRank - 1; rank >= 1; rank -= 1) z = 0.5 * (z + (counts[rank] ?? 0))
  z += registerCount * sigma(share(0))
  return (registerCount * registerCount) / (2 * Math.LN2 * z)
}

function sigma(empty: number): number {
  if (empty === 1) return Number.POSITIVE_INFINITY
  let x = empty
  let weight = 1
  let sum = x
  for (let before = -1; before !== sum;) {
    x *= x
    before = sum
    sum += x * weight
    weight += weight
  }
  return sum
}

function tau(open: number): number {
  if (open === 0 || open === 1) return 0
  let x = open
  let weight = 1
  let sum = 1 - x
  for (let before = -1; before !== sum;) {
    x = Math.sqrt(x)
    before = sum
    weight *= 0.5
    sum -= (1 - x) ** 2 * weight
  }
  return sum / 3
}
