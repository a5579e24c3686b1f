import { createRequestScope, type RequestScope } from '../../policy/request-scope.ts'

/** How long after a request's first fetch what was learnt for it is used, and for how many requests it is kept. */
const keptMs = 2000
const most = 2000

type Shared = Pick<RequestScope, 'facts' | 'learnt' | 'sealed'>

/**
 * Scopes for the fetches of reading requests that arrive one after the other: those of one `request` share facts and sealed
 * ids, for seconds, as they would in the gateway's process; what each is to record stays its own. `now` is for tests.
 */
export function createRequestScopes(
  now: () => number = Date.now,
): (request: string, caseNumber: string | null) => RequestScope {
  const kept = new Map<string, { shared: Shared; until: number }>()
  return (request, caseNumber) => {
    const at = now()
    // In the order they began, so in the order they end.
    for (const [old, { until }] of kept) {
      if (until > at && kept.size < most) break
      kept.delete(old)
    }
    const own = createRequestScope(caseNumber)
    const known = kept.get(request)
    if (known !== undefined) return { ...own, ...known.shared }
    const { facts, learnt, sealed } = own
    kept.set(request, { shared: { facts, learnt, sealed }, until: at + keptMs })
    return own
  }
}
