import type { FieldClass } from '../../../policy/types.ts'

/** Fields that were noted; whoever is noted the same of shares them. */
export type NotedFields = {
  has: ReadonlySet<FieldClass>
  /** Sorted. */
  coordinates: readonly string[]
  next: Map<FieldClass, NotedFields>
}

/** Beyond these, fields noted in yet another order are not shared. */
const mostShared = 2000

/** Gives the fields with one more, starting from `none`. Open fields (L0) and structure are not noted. */
export type NotedLists = { none: NotedFields; and: (noted: NotedFields, field: FieldClass) => NotedFields }

/** Lists of fields that grow one by one, as the same ones are noted of person after person: each is made once. */
export function createNotedLists(): NotedLists {
  let shared = 0
  const listOf = (has: ReadonlySet<FieldClass>): NotedFields => {
    const told = [...has].filter(({ level, structure }) => level !== 'L0' && !structure)
    return { has, coordinates: told.map(({ coordinate }) => coordinate).toSorted(), next: new Map() }
  }
  return {
    none: listOf(new Set()),
    and: (noted, field) => {
      if (noted.has.has(field)) return noted
      const known = noted.next.get(field)
      if (known !== undefined) return known
      const made = listOf(new Set([...noted.has, field]))
      if (shared < mostShared) noted.next.set(field, made)
      shared += 1
      return made
    },
  }
}
