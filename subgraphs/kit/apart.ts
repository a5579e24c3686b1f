import { Worker } from 'node:worker_threads'

/** Takes a job to a thread and brings back its result. */
export type Apart<Job, Result> = (job: Job) => Promise<Result>

/** More than any walk of the space takes; a thread that asks for more ends, and nothing else does. */
const resourceLimits = { maxOldGenerationSizeMb: 1024 }

/**
 * Runs a file that posts one result for its `workerData`, in a thread of its own: whoever else asks the server does not wait
 * for it. One job at a time, in their order. Rejects where the thread fails or ends without a result.
 */
export function createApart<Job, Result>(file: URL): Apart<Job, Result> {
  let last: Promise<unknown> = Promise.resolve()
  return (job) => {
    const result = last.then(() => runOnce<Result>(file, job))
    last = result.catch(() => undefined)
    return result
  }
}

function runOnce<Result>(file: URL, job: unknown): Promise<Result> {
  const { promise, resolve, reject } = Promise.withResolvers<Result>()
  const worker = new Worker(file, { workerData: job, resourceLimits })
  // Nobody waits for it when the server ends.
  worker.unref()
  worker.once('message', resolve)
  worker.once('error', reject)
  worker.once('exit', () => reject(new Error('a thread ended without its result')))
  return promise
}

/**
 * Keeps what was made for a key, the last few of them; callers that come meanwhile wait for the same. What failed is not kept.
 * Each gets a copy: what a caller may read of an object is remembered by the object.
 */
export function createKept<Value>(most: number): (key: string, make: () => Promise<Value>) => Promise<Value> {
  const kept = new Map<string, Promise<Value>>()
  return async (key, make) => {
    const value = kept.get(key) ?? make()
    kept.delete(key)
    kept.set(key, value)
    for (const [oldest] of kept) if (kept.size > most) kept.delete(oldest)
    try {
      return structuredClone(await value)
    } catch (error) {
      if (kept.get(key) === value) kept.delete(key)
      throw error
    }
  }
}
