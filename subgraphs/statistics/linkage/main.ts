/** The process that counts and measures: takes one order from its parent, and ends. Whoever starts it otherwise gets nothing. */
import { once } from 'node:events'
import { failureCode } from '../quality/failure-code.ts'
import { measureQuality } from '../quality/measure-quality.ts'
import type { QualityOrder } from '../quality/run-quality.ts'
import { refresh } from './refresh.ts'
import type { RefreshOrder } from './run-refresh.ts'

/** What the process is sent. */
export type Order = RefreshOrder | QualityOrder

if (process.send === undefined) process.exit(2)
const [order] = (await once(process, 'message')) as [Order]
// With its parent gone nobody waits for it.
process.once('disconnect', () => process.exit(1))
const now = new Date(order.now)
const done: Promise<object> = order.job === 'quality' ? measureQuality({ ...order, now }) : refresh({ ...order, now })
const answer = await done.catch((error: unknown) => ({ failed: failureCode(error) }))
process.send(answer, () => process.exit(0))
