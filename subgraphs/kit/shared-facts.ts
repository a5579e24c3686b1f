import type { RequestScope } from '../../policy/request-scope.ts'
import type { FactStore } from './types.ts'

/** The store as one request sees it: whose facts another of its fetches asked for are not asked for again. */
export function sharedFacts(store: FactStore, { facts, learnt }: RequestScope): FactStore {
  return {
    reserve: store.reserve,
    known: (person) => learnt.get(person),
    load: async (persons, principal, traceId) => {
      const missing = persons.filter((person) => !facts.has(person))
      if (missing.length > 0) {
        const loading = store.load(missing, principal, traceId)
        for (const person of missing) facts.set(person, loading)
        // Whoever asks after a failure asks the store.
        loading.catch(() => missing.forEach((person) => facts.delete(person)))
      }
      const found = await Promise.all(
        persons.map(async (person) => [person, (await facts.get(person))?.get(person)] as const),
      )
      const known = new Map(found.flatMap(([person, one]) => (one === undefined ? [] : [[person, one] as const])))
      for (const [person, one] of known) learnt.set(person, one)
      return known
    },
  }
}
