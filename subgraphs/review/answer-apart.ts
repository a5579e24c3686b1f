import { parentPort, workerData } from 'node:worker_threads'
import { answer, type Question } from './answer.ts'
import { projectInForce, type InForce } from './project-in-force.ts'

/** The thread of `createAsk`. */
const { question, inForce } = workerData as { question: Question; inForce: InForce }
const project = projectInForce(inForce)
parentPort?.postMessage(project && answer(question, project))
