import type { Person } from './types.ts'

/** A person with a look at those around them in the walk, where all their kin are. */
export type Kin = {
  /** Throws RangeError for somebody further away than kin ever are. */
  find: (personalId: string) => Person
  /** Whom somebody represents by record. */
  representedBy: (personalId: string) => readonly Person[]
}

/** Families come together in the walk; the largest have a few dozen people. */
const defaultSpan = 400

/**
 * The same walk, each person with their kin at hand. Holds some three times `span` people, however many there are.
 */
export async function* withKin(
  persons: Iterable<Person> | AsyncIterable<Person>,
  span = defaultSpan,
): AsyncGenerator<{ person: Person; kin: Kin }> {
  const known = new Map<string, Person>()
  const represented = new Map<string, Person[]>()
  const queue: Person[] = []
  const kin: Kin = {
    find: (personalId) => {
      const person = known.get(personalId)
      if (person === undefined) throw new RangeError('kin further away in the population than families reach')
      return person
    },
    representedBy: (personalId) => represented.get(personalId) ?? [],
  }
  let next = 0
  for await (const person of persons) {
    queue.push(person)
    known.set(person.personalId, person)
    for (const id of person.representativeIds) represented.set(id, [...(represented.get(id) ?? []), person])
    if (queue.length - next > span) {
      const ready = queue[next++]
      if (ready) yield { person: ready, kin }
    }
    if (next > 2 * span) {
      for (const gone of queue.splice(0, span)) {
        known.delete(gone.personalId)
        represented.delete(gone.personalId)
      }
      next -= span
    }
  }
  for (const person of queue.slice(next)) yield { person, kin }
}
