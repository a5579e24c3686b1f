import DataLoader from 'dataloader'

/** What is known of a key, or the promise of learning it: all keys of a tick in one call. */
export function onceLoaded<Value>(
  load: (keys: readonly string[]) => Promise<(Value | Error)[]>,
  before: (key: string) => Value | undefined = () => undefined,
) {
  const loader = new DataLoader<string, Value>(load)
  const learnt = new Map<string, Value>()
  const learning = new Map<string, Promise<unknown>>()
  const known = (key: string): Value | undefined => learnt.get(key) ?? before(key)
  return {
    known,
    ask: (key: string): Value | Promise<unknown> => {
      const value = known(key) ?? learning.get(key)
      if (value !== undefined) return value
      const promise = loader.load(key).then((found) => learnt.set(key, found))
      learning.set(key, promise)
      return promise
    },
  }
}
