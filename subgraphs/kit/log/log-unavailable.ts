/** What `append` rejects with when a record could not be made durable; its code is the catalogue's. */
export type LogUnavailable = Error & { code: 'LOG_UNAVAILABLE' }

/** An error that says nothing of the record; the cause is for the operator's log only. */
export function logUnavailable(why: string, cause?: unknown): LogUnavailable {
  return Object.assign(new Error(`disclosure log: ${why}`, { cause }), { code: 'LOG_UNAVAILABLE' as const })
}
