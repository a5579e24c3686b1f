import type { Principal } from '../policy/types.ts'

/** What a request carries through Apollo Server: made once from the HTTP request. */
export type GraphContext = {
  principal: Principal
  /** Echoed to the client; names nothing else. */
  requestId: string
  /** Made here, one for all fetches of the request. */
  traceId: string
  /** Values that are shown masked, by their place in the answer: `extensions.masked`. */
  masked: { path: readonly (string | number)[]; coordinate: string; mask: string }[]
}
