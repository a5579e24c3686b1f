/** Where schemas of @apollo/federation-internals and of graphql keep what they were read from. */
const trees = ['sourceAST', 'astNode']

/**
 * Lets go of the syntax trees that the schemas below `roots` keep of the text they were read from, and returns how many
 * there were. They are for the messages of a composition that fails; of a supergraph that was read they hold 20 MB with
 * all their tokens. Nothing else is touched.
 */
export function forgetSources(roots: readonly unknown[]): number {
  let forgotten = 0
  const seen = new Set<object>([roots])
  const learn = (value: unknown): void => {
    if (typeof value === 'object' && value !== null) seen.add(value)
  }
  // A set gives what is added while it is walked, too.
  for (const one of seen) {
    for (const tree of trees)
      if (Reflect.get(one, tree) !== undefined && Reflect.set(one, tree, undefined)) forgotten += 1
    if (one instanceof Map) for (const key of one.keys()) learn(key)
    if (one instanceof Map || one instanceof Set) for (const value of one.values()) learn(value)
    for (const value of Object.values(one)) learn(value)
  }
  return forgotten
}
