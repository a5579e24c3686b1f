import type { PlantedDisagreement, Population } from './types.ts'

/**
 * Every planted disagreement of a population, with what population-wide is true: what quality checks have to find.
 * Walks over everybody.
 */
export function disagreements(
  population: Population,
): readonly (PlantedDisagreement & { personalId: string; truth: string })[] {
  const found = []
  for (const person of population.persons()) {
    if (person.planted === null) continue
    found.push({ ...person.planted, personalId: person.personalId, truth: String(person[person.planted.field]) })
  }
  return found
}
