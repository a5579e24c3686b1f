/** The process that counts: takes one order from its parent, and ends. Whoever starts it otherwise gets nothing. */
import { once } from 'node:events'
import { refresh } from './refresh.ts'
import type { RefreshAnswer, RefreshOrder } from './run-refresh.ts'

if (process.send === undefined) process.exit(2)
const [order] = (await once(process, 'message')) as [RefreshOrder]
// With its parent gone nobody waits for it.
process.once('disconnect', () => process.exit(1))
const answer = await refresh({ ...order, now: new Date(order.now) }).catch((error: unknown): RefreshAnswer => {
  // The database's words may hold a value: its code says what went wrong.
  return { failed: error instanceof Error && 'code' in error ? String(error.code) : 'unknown' }
})
process.send(answer, () => process.exit(0))
