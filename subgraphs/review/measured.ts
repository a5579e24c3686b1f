import { certificateFrom, certificateType } from '../../policy/review/certificate.ts'
import { signedText } from '../../policy/review/jws.ts'
import { createApart, createKept } from '../kit/apart.ts'
import type { Edge, SubgraphServices } from '../kit/types.ts'
import { filesChanged } from './files-changed.ts'
import type { Measured } from './measure-project.ts'
import type { InForce } from './project-in-force.ts'

type Resolve = Extract<Edge, { kind: 'resolve' }>['resolve']
type KeptMeasure = Measured & { at: string }

/** `accessCoverage` and `accessInvariants`: both from one walk in a thread, kept for as long as this process has its rules. */
export function createMeasured(): { coverage: Resolve; invariants: Resolve } {
  const measure = createApart<InForce, Measured | null>(new URL('measure-apart.ts', import.meta.url))
  const kept = createKept<KeptMeasure>(1)
  const measured = ({ graph, clock }: SubgraphServices): Promise<KeptMeasure> =>
    kept(`${graph.bundleHash} ${graph.schemaHash}`, async () => {
      const found = await measure({ rulesHash: graph.bundleHash, schemaHash: graph.schemaHash })
      if (found === null) throw filesChanged()
      return { ...found, at: clock().toISOString() }
    })
  return {
    coverage: async (_root, _args, { services }) => {
      const { coverage, invariants, hashes, at } = await measured(services)
      const certificate = certificateFrom(coverage, invariants, hashes, new Date(at))
      return {
        ...certificate,
        byLevel: Object.entries(coverage.byLevel).map(([level, fields]) => ({ level, fields })),
        certificate: await signedText(JSON.stringify(certificate), services.keys.signing, certificateType),
      }
    },
    invariants: async (_root, _args, { services }) => {
      const { invariants } = await measured(services)
      return invariants.map(({ counterexample, ...one }) => ({
        ...one,
        counterexample: counterexample && { ...counterexample, facts: factsOf(counterexample.point) },
      }))
    },
  }
}

const factsOf = (point: object) =>
  Object.entries(point).map(([name, value]: [string, unknown]) => ({ name, value: String(value) }))
