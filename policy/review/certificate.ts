import type { InvariantResult } from './check-invariants.ts'
import type { Coverage } from './coverage.ts'

/** What a coverage certificate says: which schema and rules were measured, and what was found. */
export type Certificate = Coverage & {
  at: string
  invariants: { id: string; holds: boolean }[]
} & CertifiedHashes
/** What was measured. */
export type CertifiedHashes = {
  schemaHash: string
  rulesHash: string
  /** Hash of the bundle as approvals name it. */
  bundleHash: string
}

/** `typ` of a certificate's signature. */
export const certificateType = 'vn-graph-coverage'

/** What is signed. */
export function certificateFrom(
  measured: Coverage,
  results: readonly InvariantResult[],
  hashes: CertifiedHashes,
  at: Date,
): Certificate {
  const invariants = results.map(({ id, holds }) => ({ id, holds }))
  return { at: at.toISOString(), ...hashes, ...measured, invariants }
}
