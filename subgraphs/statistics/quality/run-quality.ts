import { runJob } from '../linkage/run-job.ts'
import type { QualityOptions, QualityReport } from './measure-quality.ts'

/** What the process is sent, and nothing else: it gets no environment. */
export type QualityOrder = Omit<QualityOptions, 'now'> & { job: 'quality'; now: string }

/** Measures in a process of its own, whose memory ends with it. Aborting ends it; the store then stays as it was. */
export function runQuality(options: QualityOptions, signal: AbortSignal): Promise<QualityReport | { failed: string }> {
  const order: QualityOrder = { ...options, job: 'quality', now: options.now.toISOString() }
  return runJob<QualityReport>(order, signal)
}
