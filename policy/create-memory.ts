/** Remembers the last `bound` results of a pure function; the least recently used is forgotten first. */
export function createMemory<Value>(bound: number): (key: string, make: () => Value) => Value {
  const known = new Map<string, Value>()
  return (key, make) => {
    const value = known.get(key) ?? make()
    known.delete(key)
    known.set(key, value)
    const [oldest] = known.keys()
    if (known.size > bound && oldest !== undefined) known.delete(oldest)
    return value
  }
}
