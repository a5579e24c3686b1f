import type { Person, Population } from '../../../synthetic/types.ts'

/** So many people fit in memory beside everything else: some kilobytes each. */
const rememberedAtMost = 50_000

/**
 * The same population, generated once for all who walk it, where it is small enough to be kept. A larger one is
 * generated anew by each, and needs no memory. Whoever drops the result drops the people.
 */
export function rememberedPopulation(population: Population): Population {
  if (population.size > rememberedAtMost) return population
  let people: readonly Person[] | null = null
  return { ...population, persons: () => (people ??= [...population.persons()]) }
}
