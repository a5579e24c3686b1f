import { beforeAll, describe, expect, it } from 'vitest'
import { newSigningKey } from '../../config/kept-keys.ts'
import { signingKeyFromText } from '../../config/key-text.ts'
import { loadPolicy } from '../../policy/load-policy.ts'
import { certificateType } from '../../policy/review/certificate.ts'
import { checkInvariants } from '../../policy/review/check-invariants.ts'
import { verifiedText } from '../../policy/review/jws.ts'
import { loadBundle } from '../../policy/review/load-bundle.ts'
import { loadGraph } from '../../schema/load-graph.ts'
import type { SubgraphContext } from '../kit/types.ts'
import { createMeasured } from './measured.ts'

const key = signingKeyFromText(newSigningKey())
if (key === null) throw new Error('no key')
const inForce = { bundleHash: loadPolicy().rules.hash, schemaHash: loadGraph().schemaHash }
const contextOf = (graph: typeof inForce) =>
  ({
    services: { graph, keys: { signing: key }, clock: () => new Date('2026-11-22T02:00:00Z') },
  }) as unknown as SubgraphContext

type Resolve = ReturnType<typeof createMeasured>['coverage']
const ask = (resolve: Resolve, graph = inForce) => resolve(null, {}, contextOf(graph), {} as never)

describe('coverage and statements, measured in a thread', () => {
  const measured = createMeasured()
  let told: { certificate: string; at: string; fields: number; byLevel: { level: string; fields: number }[] }
  beforeAll(async () => {
    told = (await ask(measured.coverage)) as typeof told
  })

  it('sign what was measured, with the hashes that records of the log name', async () => {
    const verified = await verifiedText(told.certificate, [key], certificateType)
    const certificate = JSON.parse(verified?.text ?? 'null') as Record<string, unknown>
    expect(certificate).toMatchObject({
      at: told.at,
      rulesHash: inForce.bundleHash,
      schemaHash: inForce.schemaHash,
      fields: told.fields,
      findings: [],
    })
    expect(told.byLevel.reduce((sum, { fields }) => sum + fields, 0)).toBe(told.fields)
  })

  it('tell of every statement what the command tells', async () => {
    const statements = checkInvariants(loadBundle())
    expect(await ask(measured.invariants)).toEqual(statements)
  })

  it('are refused where the files are not what this process decides by', async () => {
    await expect(ask(measured.coverage, { ...inForce, bundleHash: 'another' })).rejects.toMatchObject({
      extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
    })
  })
})
