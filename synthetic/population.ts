import { dayFromIso, yearsBetween } from './calendar.ts'
import type { Draft, Growth } from './draft.ts'
import { growFamily } from './grow-family.ts'
import { finishPerson, numberDraft } from './finish-person.ts'
import type { Finishing } from './finish-person.ts'
import { fixedHouseholds } from './fixed-people.ts'
import { arrangeHousehold, createHouseholds } from './household.ts'
import { createIdentifiers } from './identifiers.ts'
import { createLivelihood } from './livelihood.ts'
import { createNaming } from './names.ts'
import { createNumbering } from './personal-number.ts'
import { createPlaceSequence } from './place-sequence.ts'
import { createPlanter } from './planted.ts'
import { createPyramid } from './pyramid.ts'
import { createRandom } from './random.ts'
import { loadReference } from './reference.ts'
import type { Person, Population } from './types.ts'

/** Fewer people than this can't hold the personas and edge cases. */
export const smallestPopulation = 100

/** Reference date of ages. */
const asOf = '2026-11-01'

/**
 * A population of exactly `size` synthetic people: the named ones first, then families, one at a time, so that a million
 * need no more memory than a thousand. Same seed and size, same bytes. From a few thousand people on every province is
 * there, from about 150,000 every commune. Throws RangeError when `size` is no integer of at least 100.
 */
export function createPopulation(options: { seed: number; size: number }): Population {
  const { seed, size } = options
  if (!Number.isSafeInteger(size) || size < smallestPopulation) {
    throw new RangeError(`a population needs a whole number of at least ${smallestPopulation} people`)
  }
  const reference = loadReference()
  const naming = createNaming(reference)
  const livelihood = createLivelihood(reference)

  function* persons(): Generator<Person> {
    const today = dayFromIso(asOf)
    const pyramid = createPyramid(reference)
    const tools = {
      reference,
      pyramid,
      naming,
      places: createPlaceSequence(reference, seed),
      newHousehold: createHouseholds(reference),
    }
    const finishing: Finishing = {
      seed,
      today,
      livelihood,
      identifiers: createIdentifiers(seed),
      numbering: createNumbering(seed),
    }
    const plant = createPlanter()
    let serial = 0

    function* finish(growth: Growth): Generator<Person> {
      const drafts = growth.households.flatMap((household) => household.members)
      const numbers = new Map<Draft, string>()
      for (const draft of drafts) numbers.set(draft, numberDraft(finishing, growth.random, draft))
      for (const draft of drafts) {
        const person = finishPerson(finishing, growth.random, draft, numbers, serial++)
        person.planted = plant(person, yearsBetween(draft.bornDay, today), growth.random)
        yield person
      }
    }

    const named: Growth = { random: createRandom(seed, 'named'), today, room: size, households: [] }
    fixedHouseholds(reference, tools.newHousehold, named)
    for (const household of named.households) {
      for (const one of household.members)
        if (one.diedDay === null) pyramid.count(one.sex, yearsBetween(one.bornDay, today))
    }
    yield* finish(named)

    for (let family = 0; serial < size; family++) {
      const growth: Growth = {
        random: createRandom(seed, 'family', family),
        today,
        room: size - serial,
        households: [],
      }
      growFamily(tools, growth)
      for (const household of growth.households) arrangeHousehold(household, today)
      yield* finish(growth)
    }
  }

  return { seed, size, asOf, persons }
}
