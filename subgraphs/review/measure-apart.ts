import { parentPort, workerData } from 'node:worker_threads'
import { measureProject, type InForce } from './measure-project.ts'

/** The thread of `createMeasured`. */
parentPort?.postMessage(measureProject(workerData as InForce))
