/** The sorted union of two sorted lists without repeats. */
export type ListUnions = (one: readonly string[], other: readonly string[]) => readonly string[]

/** Unions of a few lists that come again and again: each pair is joined once, and gives the same list from then on. */
export function createListUnions(): ListUnions {
  const known = new Map<readonly string[], Map<readonly string[], readonly string[]>>()
  const byText = new Map<string, readonly string[]>()
  const joined = (one: readonly string[], other: readonly string[]): readonly string[] => {
    const all = [...new Set([...one, ...other])].toSorted()
    const text = all.join(' ')
    const same = byText.get(text) ?? all
    byText.set(text, same)
    return same
  }
  return (one, other) => {
    if (one === other || other.length === 0) return one
    if (one.length === 0) return other
    const ofOne = known.get(one) ?? new Map<readonly string[], readonly string[]>()
    known.set(one, ofOne)
    const made = ofOne.get(other) ?? joined(one, other)
    ofOne.set(other, made)
    return made
  }
}
