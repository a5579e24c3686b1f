import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { buildSchema } from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadGraph } from '../../schema/load-graph.ts'
import { openWholeGraph, type WholeGraph } from '../support/whole-graph.ts'
import { arbitraryOperation } from './arbitrary-operation.ts'
import { loadAskers, mayOpen } from './askers.ts'
import { leavesOf } from './leaves.ts'
import { createSentFields } from './sent-fields.ts'

const schema = buildSchema(readFileSync(new URL('../../schema/api.graphql', import.meta.url), 'utf8'))
const { classes, arguments: argumentClasses } = loadGraph()
const sentFields = createSentFields()
/** Who presents an identifier may learn no more than the stub: the lookup itself is sent whatever its verdict. */
const lookups = new Set(
  [...argumentClasses].filter(([, { use }]) => use === 'LOOKUP').map(([name]) => name.slice(0, name.indexOf('('))),
)
const people = [
  '901085000101',
  '901187000102',
  '901190000103',
  '901322000104',
  '901214000105',
  '901186000106',
  '999999999999',
]
/** Where people are; a province is there so that open data stands beside them. */
const roots = [
  'me',
  'citizen',
  'landParcel',
  'landParcels',
  'searchCitizens',
  'consentRequests',
  'disclosures',
  'province',
]
const operations = arbitraryOperation(schema, roots, {
  personalId: people,
  parcelId: ['00004_12_345', '00004_12_346'],
  code: ['01', '00004'],
  provinceCode: ['01'],
  communeCode: ['00004'],
  name: ['Nguyễn Văn An'],
  dateOfBirth: ['1985'],
})

let graph: WholeGraph
beforeAll(async () => {
  graph = await openWholeGraph()
}, 120_000)
afterAll(() => graph.close())

describe.each(loadAskers())('whatever $name asks', (asker) => {
  test('nothing is sent or answered that no row could open, and every value answered stands in the log', async () => {
    await fc.assert(
      fc.asyncProperty(operations, async (query) => {
        const { body, requestId, fetches } = await graph.ask({ ...asker.stated, query })
        const sent = fetches.flatMap(sentFields).filter((coordinate) => !lookups.has(coordinate))
        expect(sent.filter((coordinate) => !mayOpen(asker, coordinate))).toEqual([])
        expect((body.errors ?? []).map((error) => error.extensions?.['code'])).not.toContain('INTERNAL')
        const log = new Set(await graph.logOf(requestId))
        const masked = new Set((body.extensions?.masked ?? []).map(({ path }) => path.join('.')))
        for (const { coordinate, path } of leavesOf(schema, query, body.data)) {
          const field = classes.get(coordinate)
          if (field === undefined || field.level === 'L0' || field.structure) continue
          expect(mayOpen(asker, coordinate), `${coordinate} at ${path}`).toBe(true)
          expect(log, `${coordinate} at ${path}`).toContain(`${masked.has(path) ? 'MASK' : 'ALLOW'} ${coordinate}`)
        }
      }),
      { numRuns: 40 },
    )
  }, 60_000)
})
