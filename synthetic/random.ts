import type { Random } from './types.ts'

/**
 * Random numbers that only depend on the seed and the path: same arguments, same sequence, on every machine. Paths are
 * independent of one another, so drawing more for one person or domain never shifts another. Not for secrets.
 */
export function createRandom(seed: number, ...path: readonly (string | number)[]): Random {
  let [a, b, c, d] = stateFromPath(seed, path)

  /** sfc32 (Chris Doty-Humphrey, PractRand): 32 bits a step. */
  const step = (): number => {
    const sum = (a + b + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    return sum >>> 0
  }
  for (let round = 0; round < 12; round++) step()

  const next = (): number => step() / 0x1_0000_0000
  return {
    next,
    int: (min, max) => min + Math.floor(next() * (max - min + 1)),
    chance: (probability) => next() < probability,
    pick: (items) => itemAt(items, Math.floor(next() * items.length)),
    weighted: (items, weight) => {
      let left = next() * items.reduce((sum, item) => sum + weight(item), 0)
      for (const item of items) {
        left -= weight(item)
        if (left < 0) return item
      }
      return itemAt(items, items.length - 1)
    },
  }
}

/** A fixed number in [0, 1) for a text: what never changes with the seed, such as a commune's share. */
export function unitFromText(text: string): number {
  return (hashOf(text, 0x2545_f491) >>> 0) / 0x1_0000_0000
}

/** MurmurHash3's mixing over UTF-16 code units; 32 bits. */
export function hashOf(text: string, seed: number): number {
  let hash = seed | 0
  for (let index = 0; index < text.length; index++) hash = withWord(hash, wordAt(text, index))
  return finished(hash, text.length)
}

function wordAt(text: string, index: number): number {
  const word = Math.imul(text.charCodeAt(index), 0xcc9e_2d51)
  return Math.imul((word << 15) | (word >>> 17), 0x1b87_3593)
}

function withWord(hash: number, word: number): number {
  const mixed = hash ^ word
  return Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe654_6b64
}

function finished(hash: number, length: number): number {
  let mixed = hash ^ length
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85eb_ca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2_ae35)
  return mixed ^ (mixed >>> 16)
}

function stateFromPath(seed: number, path: readonly (string | number)[]): [number, number, number, number] {
  let text = `${seed}`
  for (const step of path) text += `/${step}`
  // Three hashes in one pass over the text: every person draws from several paths.
  let [a, b, c] = [1, 2, 3]
  for (let index = 0; index < text.length; index++) {
    const word = wordAt(text, index)
    a = withWord(a, word)
    b = withWord(b, word)
    c = withWord(c, word)
  }
  return [finished(a, text.length), finished(b, text.length), finished(c, text.length), 1]
}

function itemAt<T>(items: readonly T[], index: number): T {
  const item = items[index]
  if (item === undefined) throw new RangeError('nothing to pick from')
  return item
}
