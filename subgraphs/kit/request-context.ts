import type { ErrorPlace } from '../../policy/remedies.ts'
import type { RowGate } from './gate.ts'
import type { Edge, Row, SubgraphContext } from './types.ts'

/** The context of one subgraph request as the kit itself sees it. */
export type RequestContext = Omit<SubgraphContext, 'gate'> & {
  gate: RowGate
  /** What an error at this field may say of the caller. */
  errorPlace: (coordinate: string) => ErrorPlace & { coordinate: string; requestId: string }
  /** True for L0: nothing to decide. */
  isOpen: (coordinate: string) => boolean
  /** What a root field is judged on: the persons and places its edge names. */
  rootRow: (edge: Edge, args: Record<string, unknown>) => Row
  /** Values that were masked, by their path. */
  masked: MaskNotice[]
}

/** Says that a value is shown in its masked form. */
export type MaskNotice = { path: readonly (string | number)[]; coordinate: string; mask: string }
