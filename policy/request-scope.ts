import { createEntryRecorder, type EntryRecorder } from './entry-recorder.ts'
import type { PersonFacts } from './types.ts'

/**
 * What the fetches of one reading request share where they run in the gateway's own process: the facts of whom it is
 * about, asked for once, and one record of all that was decided. Made for a request and gone with it; a request that
 * changes anything has none, so that what follows a change is judged anew.
 */
export type RequestScope = {
  /** By person: the query that learns them. */
  facts: Map<string, Promise<ReadonlyMap<string, PersonFacts>>>
  /** What they learnt. */
  learnt: Map<string, PersonFacts>
  /** Ids that were sealed, and what they stand for. */
  sealed: Map<string, string>
  /** No id stands in the answer: those of citizens, which only join fetches, need not be sealed. */
  hidesIds: boolean
  /** What the subgraphs decided: recorded before the answer leaves. */
  recorder: EntryRecorder
}

/** A scope for one request, which stated this case. */
export function createRequestScope(caseNumber: string | null): RequestScope {
  return {
    facts: new Map(),
    learnt: new Map(),
    sealed: new Map(),
    hidesIds: false,
    recorder: createEntryRecorder(caseNumber),
  }
}
