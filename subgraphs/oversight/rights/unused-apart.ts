import { parentPort, workerData } from 'node:worker_threads'
import { accessMatrix } from '../../../policy/review/access-matrix.ts'
import { unusedRights } from '../../../policy/review/unused-rights.ts'
import type { UnusedJob } from './unused.ts'

/** The thread of `createUnused`. */
const { rules, classes, callers, organisations, uses, since } = workerData as UnusedJob
parentPort?.postMessage(await unusedRights(accessMatrix(rules, classes, callers), callers, organisations, uses, since))
