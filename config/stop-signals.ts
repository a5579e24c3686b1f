/** Says how this process is to be left from now on. */
export type DrainBy = (drain: () => Promise<void>) => void

/**
 * Ends this process on SIGTERM or SIGINT, at once until a drain is given, then as soon as it has drained. The listeners
 * stay from first to last: a signal that comes while the process is busy is lost when its listener is changed meanwhile.
 */
export function onStopSignals(): DrainBy {
  let drain: (() => Promise<void>) | null = null
  let isStopping = false
  const stop = (): void => {
    if (drain === null) process.exit(0)
    if (isStopping) return
    isStopping = true
    void drain().then(() => process.exit(0))
  }
  process.on('SIGTERM', stop).on('SIGINT', stop)
  return (given) => {
    drain = given
  }
}
