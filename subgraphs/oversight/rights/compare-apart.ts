import { readFileSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import type { BundleTexts } from '../../../policy/review/bundle-from-texts.ts'
import { compareTexts } from './compare-texts.ts'

/** The thread of `createAccessDiff`. */
const { before, after } = workerData as { before: BundleTexts; after: BundleTexts }
const apiSchema = readFileSync(new URL('../../../schema/api.graphql', import.meta.url), 'utf8')
parentPort?.postMessage(compareTexts(before, after, apiSchema))
