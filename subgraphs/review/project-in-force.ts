import { loadPolicy, type Policy } from '../../policy/load-policy.ts'
import type { CertifiedHashes } from '../../policy/review/certificate.ts'
import { loadGraph, type Graph } from '../../schema/load-graph.ts'

/** What a process decides by. */
export type InForce = Pick<CertifiedHashes, 'rulesHash' | 'schemaHash'>

/** Rules and schema of this folder, as its files stand. */
export type Project = { policy: Policy; graph: Graph }

/** Reads this folder, for a thread. Null where its files are not what the process decides by. */
export function projectInForce({ rulesHash, schemaHash }: InForce): Project | null {
  const [policy, graph] = [loadPolicy(), loadGraph()]
  return policy.rules.hash === rulesHash && graph.schemaHash === schemaHash ? { policy, graph } : null
}
