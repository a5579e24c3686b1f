import type { Person, Population, Walk } from './types.ts'

/** A population for one of several readers. */
export type Reader = Walk & {
  /** This reader reads no further: the others don't wait for it. May be called twice. */
  leave: () => void
}

const sizes = { block: 1000, window: 8 }

/**
 * One walk over a population for so many readers: everybody is generated once. Readers wait for the slowest, so that no
 * more than a window of people is ever held. Whoever is done, or never begins, must leave. A reader's second walk is one
 * of its own.
 */
export function shareWalk(population: Population, count: number, { block, window } = sizes): readonly Reader[] {
  const walk = population.persons()[Symbol.iterator]()
  const blocks = new Map<number, readonly Person[]>()
  const positions = Array.from({ length: count }, () => 0)
  let moved = Promise.withResolvers<void>()

  const move = (reader: number, position: number): void => {
    positions[reader] = position
    const slowest = Math.min(...positions)
    for (const index of blocks.keys()) if (index < slowest) blocks.delete(index)
    moved.resolve()
    moved = Promise.withResolvers()
  }
  const nextBlock = (): readonly Person[] => {
    const people: Person[] = []
    while (people.length < block) {
      const { done, value } = walk.next()
      if (done === true) break
      people.push(value)
    }
    return people
  }
  const blockAt = async (position: number): Promise<readonly Person[]> => {
    while (position - Math.min(...positions) >= window) await moved.promise
    const people = blocks.get(position) ?? nextBlock()
    blocks.set(position, people)
    return people
  }

  return positions.map((_, reader): Reader => {
    let isBegun = false
    const leave = (): void => move(reader, Number.POSITIVE_INFINITY)
    async function* shared(): AsyncGenerator<Person> {
      try {
        for (let position = 0; ; position++) {
          move(reader, position)
          const people = await blockAt(position)
          if (people.length === 0) return
          for (const person of people) yield person
        }
      } finally {
        leave()
      }
    }
    const persons = (): Iterable<Person> | AsyncIterable<Person> => {
      if (isBegun) return population.persons()
      isBegun = true
      return shared()
    }
    return { ...population, persons, leave }
  })
}
