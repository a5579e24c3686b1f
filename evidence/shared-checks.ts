import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { faultsOfLeaves } from './record-checks.ts'
import type { ExportedLeaf, FoundFault, RecordChecks } from './record-checks.ts'

/** So many leaves go to a thread at once, some 700 kB; it has one such batch waiting while it works. */
const batchSize = 500
const mostWaiting = 2
/** More would wait for the one that follows chains and tree. */
const mostThreads = 3

type Thread = { worker: Worker; waiting: number }

/**
 * Checks records in threads beside this one, on as many cores as there are, and here what they have no time for. A short
 * export starts none.
 */
export function createSharedChecks(count = Math.min(availableParallelism() - 1, mostThreads)): RecordChecks {
  const found: FoundFault[] = []
  const threads: Thread[] = []
  const done = Promise.withResolvers<void>()
  // Told when the end is asked for.
  done.promise.catch(() => undefined)
  let batch: ExportedLeaf[] = []
  let isEnded = false

  function start(): Thread {
    const thread: Thread = { worker: new Worker(new URL('check-batches.ts', import.meta.url)), waiting: 0 }
    // Who gives up reading needs not wait for it; who waits for its faults holds on to it.
    thread.worker.unref()
    thread.worker.on('message', (faults: FoundFault[]) => {
      thread.waiting -= 1
      found.push(...faults)
      settle()
    })
    // Whatever ends a thread before its work is done leaves records unchecked.
    thread.worker.on('error', done.reject)
    thread.worker.on('exit', () => thread.waiting > 0 && done.reject(new Error('a checking thread ended early')))
    return thread
  }

  function settle(): void {
    if (isEnded && threads.every(({ waiting }) => waiting === 0)) done.resolve()
  }

  function send(writers: readonly string[]): void {
    while (threads.length < count) threads.push(start())
    const [free] = threads.filter(({ waiting }) => waiting < mostWaiting).toSorted((a, b) => a.waiting - b.waiting)
    if (free === undefined) found.push(...faultsOfLeaves(batch, writers))
    else {
      free.waiting += 1
      free.worker.postMessage({ leaves: batch, writers })
    }
    batch = []
  }

  let names: readonly string[] = []
  return {
    add: (leaf, writers) => {
      names = writers
      batch.push(leaf)
      if (batch.length >= batchSize) send(writers)
    },
    end: async () => {
      found.push(...faultsOfLeaves(batch, names))
      isEnded = true
      for (const { worker } of threads) worker.ref()
      settle()
      try {
        await done.promise
      } finally {
        await Promise.all(threads.map(({ worker }) => worker.terminate()))
      }
      return found
    },
  }
}
