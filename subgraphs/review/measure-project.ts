import { bundleHash } from '../../policy/review/bundle-json.ts'
import type { CertifiedHashes } from '../../policy/review/certificate.ts'
import { checkInvariants, type InvariantResult } from '../../policy/review/check-invariants.ts'
import type { Coverage } from '../../policy/review/coverage.ts'
import { bundleFrom } from '../../policy/review/load-bundle.ts'
import { coverageOf } from './coverage-of.ts'
import { projectInForce, type InForce } from './project-in-force.ts'

/** Coverage and statements of the rules and schema in this folder, and which they are. */
export type Measured = { coverage: Coverage; invariants: InvariantResult[]; hashes: CertifiedHashes }

/** Measures this project as its files stand: some two seconds of walking. Null where they are not what is in force. */
export function measureProject(inForce: InForce): Measured | null {
  const project = projectInForce(inForce)
  if (project === null) return null
  const bundle = bundleFrom(project.policy, project.graph)
  return {
    coverage: coverageOf(bundle),
    invariants: checkInvariants(bundle),
    hashes: { ...inForce, bundleHash: bundleHash(bundle) },
  }
}
