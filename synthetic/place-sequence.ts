import { createPermutation } from './permutation.ts'
import { createRandom, unitFromText } from './random.ts'
import type { Place, Reference } from './reference.ts'
import { createWeightedTable } from './weighted-table.ts'
import type { WeightedTable } from './weighted-table.ts'

/** Where families live: one place a call, in a fixed order, and free draws for those who moved. */
export type PlaceSequence = {
  next: () => Place
  /** Anywhere, by population. */
  anywhere: WeightedTable<Place>
  inProvince: (province: string) => WeightedTable<Place>
}

/** Every sixth family takes the communes in turn, so that 20,000 families reach all 3,321. */
const turn = 6
/** Persons below which no commune counts, so that the turn never gives one more than its share. */
const smallest = 6000
const goldenStep = (Math.sqrt(5) - 1) / 2

/**
 * Places for families, in proportion to province population (GSO 2023) and a fixed plausible share of each commune
 * within its province. Evenly spread rather than drawn: a golden-ratio walk over the cumulated weights, so that every
 * province appears among a few hundred families and every commune among about 20,000.
 */
export function createPlaceSequence(reference: Reference, seed: number): PlaceSequence {
  const weights = communeWeights(reference)
  const total = weights.values().reduce((sum, weight) => sum + weight, 0)
  const weightOf = (place: Place): number => weights.get(place) ?? 0
  const evenShare = total / turn / reference.places.length
  const walked = createWeightedTable(reference.places, (place) => weightOf(place) - evenShare)
  const inTurn = createPermutation(reference.places.length, `turn/${seed}`)
  const byProvince = new Map<string, WeightedTable<Place>>()
  for (const [province, places] of Map.groupBy(reference.places, (place) => place.province)) {
    byProvince.set(province, createWeightedTable(places, weightOf))
  }

  const start = createRandom(seed, 'places').next()
  const anywhere = createWeightedTable(reference.places, weightOf)
  let count = 0
  return {
    next: () => {
      const index = count++
      const place = reference.places[inTurn(Math.floor(index / turn) % reference.places.length)]
      return index % turn === 0 && place ? place : walked.at((start + index * goldenStep) % 1)
    },
    anywhere,
    inProvince: (province) => byProvince.get(province) ?? anywhere,
  }
}

/** Persons a commune stands for: modelled, since population by commune was not found. */
function communeWeights(reference: Reference): ReadonlyMap<Place, number> {
  const raw = (place: Place): number =>
    (place.island ? 0.3 : place.urban ? 1.6 : 1) * (0.5 + 1.2 * unitFromText(place.commune))
  const totals = new Map<string, number>()
  for (const place of reference.places) totals.set(place.province, (totals.get(place.province) ?? 0) + raw(place))
  return new Map(
    reference.places.map((place) => {
      const population = reference.provinces.get(place.province)?.population ?? 0
      return [place, Math.max(smallest, (population * raw(place)) / (totals.get(place.province) ?? 1))]
    }),
  )
}
