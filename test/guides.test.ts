import { afterAll, beforeAll, expect, test } from 'vitest'
import { applicantForm } from '../docs/guides/assess-credit.ts'
import { openWholeGraph, type WholeGraph } from './support/whole-graph.ts'

let graph: WholeGraph
beforeAll(async () => {
  graph = await openWholeGraph()
}, 240_000)
afterAll(() => graph.close())

test('the typed example fills a form with what was consented to and names what to ask for', async () => {
  const bank = { token: await graph.tokenOf('bank'), purpose: 'CREDIT_ASSESSMENT' }
  const form = await applicantForm(await graph.listen(), bank, '901085000101')
  expect(form).toMatchObject({ fullName: 'Nguyễn Văn An', born: '1985-04-12', toAskFor: ['Citizen.ethnicity'] })
  expect(form.monthsInsured).toBeGreaterThan(120)
})
