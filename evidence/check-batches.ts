import { parentPort } from 'node:worker_threads'
import { faultsOfLeaves } from './record-checks.ts'
import type { ExportedLeaf } from './record-checks.ts'

/** A thread of `createSharedChecks`: a batch of leaves comes in, their faults go out. */
parentPort?.on('message', ({ leaves, writers }: { leaves: ExportedLeaf[]; writers: string[] }) =>
  parentPort?.postMessage(faultsOfLeaves(leaves, writers)),
)
