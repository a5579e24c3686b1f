import { bundleHash } from '../../policy/review/bundle-json.ts'
import type { CertifiedHashes } from '../../policy/review/certificate.ts'
import { checkInvariants, type InvariantResult } from '../../policy/review/check-invariants.ts'
import type { Coverage } from '../../policy/review/coverage.ts'
import { bundleFrom } from '../../policy/review/load-bundle.ts'
import { loadPolicy } from '../../policy/load-policy.ts'
import { loadGraph } from '../../schema/load-graph.ts'
import { coverageOf } from './coverage-of.ts'

/** Coverage and statements of the rules and schema in this folder, and which they are. */
export type Measured = { coverage: Coverage; invariants: InvariantResult[]; hashes: CertifiedHashes }

/** Measures this project as its files stand: some two seconds of walking. */
export function measureProject(): Measured {
  const [policy, graph] = [loadPolicy(), loadGraph()]
  const bundle = bundleFrom(policy, graph)
  return {
    coverage: coverageOf(bundle),
    invariants: checkInvariants(bundle),
    hashes: { schemaHash: graph.schemaHash, rulesHash: policy.rules.hash, bundleHash: bundleHash(bundle) },
  }
}
