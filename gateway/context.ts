import { randomUUID } from 'node:crypto'
import type { DisclosureEntry, DisclosureReceipt } from '../policy/disclosure.ts'
import type { RequestScope } from '../policy/request-scope.ts'
import type { Principal } from '../policy/types.ts'

/** What one request carries from the socket to the subgraphs and back. Never shared between requests. */
export type GatewayContext = {
  principal: Principal
  /** The client's own, where it had the shape of one; else made here. Echoed in header and errors. */
  requestId: string
  /** Made here, never the client's: joins the records of all fetches of a request. */
  traceId: string
  /** What the fetches of a reading request share where they run in this process. */
  scope: RequestScope | null
  /** Aborted when the answer is given up: data sources stop waiting. */
  cancel: AbortController
  /** Denials settled before any subgraph was asked: recorded before the answer leaves. */
  refusals: DisclosureEntry[]
  /** Values that were masked, with their place in the answer. */
  masked: MaskedValue[]
  /** What the log's writers signed of this request's records: the caller's to keep. */
  receipts: DisclosureReceipt[]
}

/** One masked value: its path in the answer, the field and the mask it wears. */
export type MaskedValue = { path: readonly (string | number)[]; coordinate: string; mask: string }

/** A fresh context for a caller. */
export function createContext(principal: Principal, requestId: string): GatewayContext {
  const gathered = { refusals: [], masked: [], receipts: [] }
  return { principal, requestId, traceId: randomUUID(), scope: null, cancel: new AbortController(), ...gathered }
}
