import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { applicantForm } from '../docs/guides/assess-credit.ts'
import { prefillForm, type FilledForm } from '../docs/guides/prefill-form.ts'
import { openWholeGraph, type WholeGraph } from './support/whole-graph.ts'

let graph: WholeGraph
let url: string
beforeAll(async () => {
  graph = await openWholeGraph()
  url = await graph.listen()
}, 240_000)
afterAll(() => graph.close())

test('the typed example fills a form with what was consented to and names what to ask for', async () => {
  const bank = { token: await graph.tokenOf('bank'), purpose: 'CREDIT_ASSESSMENT' }
  const form = await applicantForm(url, bank, '901085000101')
  expect(form).toMatchObject({ fullName: 'Nguyễn Văn An', born: '1985-04-12', toAskFor: ['Citizen.ethnicity'] })
  expect(form.monthsInsured).toBeGreaterThan(120)
})

const filled = (form: FilledForm) =>
  Object.fromEntries(form.fields.map(({ code, values, why }) => [code, why ?? values]))

test('a form is filled from several databases for the citizen who files it, and asks only for the rest', async () => {
  const citizen = { token: await graph.tokenOf('citizen') }
  const card = await prefillForm(url, citizen, { code: 'BH.GIA-HAN-THE', party: 'insured' })
  expect(filled(card)).toMatchObject({
    fullName: ['Nguyễn Văn An'],
    dateOfBirth: ['1985-04-12'],
    card: expect.arrayContaining(['DN4019921843668', '9921843668']),
    group: expect.arrayContaining([expect.any(String)]),
    months: 'It is the insured person’s choice.',
  })
  const transfer = filled(await prefillForm(url, citizen, { code: 'DD.CHUYEN-NHUONG', party: 'transferor' }))
  expect(transfer).toMatchObject({
    parcel: expect.arrayContaining(['00004_12_345', '00004_12_346']),
    contract: 'The notaries’ database is not connected.',
  })
  expect(filled(await prefillForm(url, citizen, { code: 'BTXH.TRO-CAP', party: 'applicant' }))).toMatchObject({
    disability: ['SEVERE'],
    poverty: 'nothing is recorded',
  })
})

test('a party about somebody else stays empty, with the reason, and one without a record is asked', async () => {
  const citizen = { token: await graph.tokenOf('citizen') }
  const other = { code: 'HT.KHAI-SINH', party: 'otherParent', personalId: '901187000102' }
  const { fields, toAskFor } = await prefillForm(url, citizen, other)
  expect(new Set(fields.map(({ why }) => why))).toEqual(new Set(['CLASSIFICATION_DENIED']))
  expect(toAskFor).toEqual([])
  const parent = filled(await prefillForm(url, citizen, { code: 'HT.KHAI-SINH', party: 'parent' }))
  expect(parent).toMatchObject({ fullName: ['Nguyễn Văn An'], nationality: ['VN'], ethnicGroup: [expect.any(String)] })
  const child = filled(await prefillForm(url, citizen, { code: 'HT.KHAI-SINH', party: 'child' }))
  expect(child).toMatchObject({ fullName: 'The child is in no database yet.' })
})

test('the portal fills what the stated procedure names, and a bank learns which consent to ask for', async () => {
  const portal = { token: await graph.tokenOf('portal'), purpose: 'PUBLIC_SERVICE', caseNumber: 'DVC-2026-000001' }
  const application = { code: 'BTXH.TRO-CAP', party: 'applicant' }
  expect(filled(await prefillForm(url, portal, application))).toMatchObject({
    phoneNumber: ['0590488028'],
    category: ['DISABLED_SEVERE', 'DISABLED_SEVERE'],
    disability: 'CASE_REQUIRED',
  })
  const bank = { token: await graph.tokenOf('bank'), purpose: 'CREDIT_ASSESSMENT' }
  const { fields, toAskFor } = await prefillForm(url, bank, { ...application, personalId: '901085000101' })
  expect(fields.find(({ code }) => code === 'fullName')?.values).toEqual(['Nguyễn Văn An'])
  expect(toAskFor).toContain('Citizen.phoneNumber')
})

test('the command of the guide to forms works as it stands', async () => {
  const guide = readFileSync(new URL('../docs/guides/once-only.md', import.meta.url), 'utf8')
  const { query } = JSON.parse(/-d '(.+)'/.exec(guide)?.[1] ?? '{}') as { query: string }
  const { body } = await graph.ask({ as: 'citizen', query })
  expect(body.errors).toBeUndefined()
  expect(body.data).toMatchObject({ procedure: { asksAgain: ['applicant.poverty'] } })
})
