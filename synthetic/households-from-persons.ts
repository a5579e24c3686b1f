import type { Person } from './types.ts'

/** Groups a population's walk into households: they come together in it. Holds one household at a time. */
export async function* householdsFromPersons(
  persons: Iterable<Person> | AsyncIterable<Person>,
): AsyncGenerator<readonly Person[]> {
  let members: Person[] = []
  for await (const person of persons) {
    if (members[0] !== undefined && members[0].householdId !== person.householdId) {
      yield members
      members = []
    }
    members.push(person)
  }
  if (members.length > 0) yield members
}
