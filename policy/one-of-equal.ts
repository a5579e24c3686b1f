/** Gives the first of all values that say the same, so that who holds one can tell. */
export function oneOfEqual<Value extends object>(): (value: Value) => Value {
  const known = new Map<string, Value>()
  return (value) => {
    const text = JSON.stringify(value)
    const first = known.get(text) ?? value
    known.set(text, first)
    return first
  }
}
