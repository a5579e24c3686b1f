import { parentPort } from 'node:worker_threads'
import { measureProject } from './measure-project.ts'

/** The thread of `createMeasured`. */
parentPort?.postMessage(measureProject())
