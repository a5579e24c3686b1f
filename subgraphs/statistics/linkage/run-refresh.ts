import type { RefreshOptions, RefreshReport } from './refresh.ts'
import { runJob } from './run-job.ts'

/** What the process is sent, and nothing else: it gets no environment. */
export type RefreshOrder = Omit<RefreshOptions, 'now'> & { job: 'figures'; now: string }

/** What the process answers: what it did, or the code of what failed. */
export type RefreshAnswer = RefreshReport | { failed: string }

/** Counts in a process of its own, whose memory ends with it. Aborting ends it; the store then stays as it was. */
export function runRefresh(options: RefreshOptions, signal: AbortSignal): Promise<RefreshAnswer> {
  const order: RefreshOrder = { ...options, job: 'figures', now: options.now.toISOString() }
  return runJob<RefreshReport>(order, signal)
}
