import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { buildSchema } from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createEarlyDecisions } from '../../gateway/authorise/early-decisions.ts'
import { loadOrganisations } from '../../identity/organisations.ts'
import { principalFromClaims, stating, nobody } from '../../identity/principal.ts'
import { loadPolicy } from '../../policy/load-policy.ts'
import { loadGraph } from '../../schema/load-graph.ts'
import { loadPersonas } from '../../synthetic/personas.ts'
import { openWholeGraph, type WholeGraph } from '../support/whole-graph.ts'
import { arbitraryOperation } from './arbitrary-operation.ts'
import { leavesOf } from './leaves.ts'

const schema = buildSchema(readFileSync(new URL('../../schema/api.graphql', import.meta.url), 'utf8'))
const { classes } = loadGraph()
const early = createEarlyDecisions(loadPolicy().rules.rules, classes)
const people = [
  '901085000101',
  '901187000102',
  '901190000103',
  '901322000104',
  '901214000105',
  '901186000106',
  '999999999999',
]
const operations = arbitraryOperation(schema, {
  personalId: people,
  parcelId: ['00004_12_345', '00004_12_346'],
  code: ['01', '00004'],
  provinceCode: ['01'],
  communeCode: ['00004'],
})

let graph: WholeGraph
beforeAll(async () => {
  graph = await openWholeGraph()
}, 120_000)
afterAll(() => graph.close())

describe.each(loadPersonas())('whatever $persona asks', ({ persona, claims, purposes, cases }) => {
  const purpose = purposes[0]
  const caseNumber = cases[0]?.number
  const signedIn = claims === null ? nobody : principalFromClaims(claims, '', loadOrganisations())
  if (signedIn === null) throw new Error(`${persona}: claims that are none`)
  const decisions = early(stating(signedIn, { purpose: purpose ?? null, caseNumber: caseNumber ?? null }))

  test('no value is answered that no row could open, and every value that was stands in the log', async () => {
    await fc.assert(
      fc.asyncProperty(operations, async (query) => {
        const { body, requestId } = await graph.ask({ as: persona, query, purpose, case: caseNumber })
        expect((body.errors ?? []).map((error) => error.extensions?.['code'])).not.toContain('INTERNAL')
        const log = new Set(await graph.logOf(requestId))
        const masked = new Set((body.extensions?.masked ?? []).map(({ path }) => path.join('.')))
        for (const { coordinate, path } of leavesOf(schema, query, body.data)) {
          const field = classes.get(coordinate)
          if (field === undefined || field.level === 'L0' || field.structure) continue
          expect(['ALLOW', 'MASK'], `${coordinate} at ${path}`).toContain(decisions.decide(coordinate).outcome)
          expect(log, `${coordinate} at ${path}`).toContain(`${masked.has(path) ? 'MASK' : 'ALLOW'} ${coordinate}`)
        }
      }),
      { numRuns: 40 },
    )
  }, 60_000)
})
