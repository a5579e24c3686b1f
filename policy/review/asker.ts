import type { Caller } from '../caller.ts'
import { nothingKnown } from '../decide-early.ts'
import type { PurposeRegistry } from '../purposes.ts'
import type { RowFacts } from '../types.ts'
import type { CallerClass } from './caller-classes.ts'

/** Somebody who asks, in a what-if: with what is known of the rows, and the purposes they may state. */
export type Asker = { caller: Caller; facts: RowFacts; statable: readonly string[] }

/** A whole class of callers as one asker: only what holds of all of them is known. */
export function askerOfClass({ caller }: CallerClass, purposes: PurposeRegistry): Asker {
  const isCitizen = caller.kind === 'CITIZEN'
  const facts: RowFacts = {
    ...nothingKnown,
    relation: isCitizen ? 'UNKNOWN' : 'OTHER',
    consent: caller.purpose === null || caller.orgKind === null ? 'NONE' : 'UNKNOWN',
    ...(caller.kind === 'NOBODY' ? { jurisdiction: 'OUTSIDE', case: 'NONE', approval: 'NONE' } : {}),
  }
  return { caller, facts, statable: purposes.codes({ ...caller, actor: caller.delegated ? caller.kind : null }) }
}
