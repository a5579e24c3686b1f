import type { Decision } from './types.ts'

/**
 * The verdict that closes a field before planning; null where it is sent on. A lookup shows a stub to whoever may not
 * know whether the row exists: only callers who may ask for nothing at all are stopped there.
 */
export function cutOf(verdict: Decision, isLookup: boolean): Decision | null {
  const isCut = isLookup
    ? verdict.failed === 'caller' || verdict.failed === 'purpose'
    : verdict.outcome !== 'ALLOW' && verdict.outcome !== 'MASK'
  return isCut ? verdict : null
}
