import { parentPort, workerData } from 'node:worker_threads'
import { measureProject } from './measure-project.ts'
import type { InForce } from './project-in-force.ts'

/** The thread of `createMeasured`. */
parentPort?.postMessage(measureProject(workerData as InForce))
