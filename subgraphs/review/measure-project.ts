import { loadPolicy } from '../../policy/load-policy.ts'
import { bundleHash } from '../../policy/review/bundle-json.ts'
import type { CertifiedHashes } from '../../policy/review/certificate.ts'
import { checkInvariants, type InvariantResult } from '../../policy/review/check-invariants.ts'
import type { Coverage } from '../../policy/review/coverage.ts'
import { bundleFrom } from '../../policy/review/load-bundle.ts'
import { loadGraph } from '../../schema/load-graph.ts'
import { coverageOf } from './coverage-of.ts'

/** Coverage and statements of the rules and schema in this folder, and which they are. */
export type Measured = { coverage: Coverage; invariants: InvariantResult[]; hashes: CertifiedHashes }
/** What a process decides by. */
export type InForce = Pick<CertifiedHashes, 'rulesHash' | 'schemaHash'>

/** Measures this project as its files stand: some two seconds of walking. Null where they are not what is in force. */
export function measureProject(inForce: InForce): Measured | null {
  const [policy, graph] = [loadPolicy(), loadGraph()]
  if (policy.rules.hash !== inForce.rulesHash || graph.schemaHash !== inForce.schemaHash) return null
  const bundle = bundleFrom(policy, graph)
  return {
    coverage: coverageOf(bundle),
    invariants: checkInvariants(bundle),
    hashes: { ...inForce, bundleHash: bundleHash(bundle) },
  }
}
