import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadPolicy } from '../../policy/load-policy.ts'
import { accessMatrix } from '../../policy/review/access-matrix.ts'
import { callerClasses } from '../../policy/review/caller-classes.ts'
import { matrixHtml } from '../../policy/review/matrix-html.ts'
import { loadGraph } from '../../schema/load-graph.ts'
import { openBrowser, type OpenBrowser } from '../support/open-browser.ts'

const { rules, purposes } = loadPolicy()
const { classes, schemaHash } = loadGraph()
const cells = accessMatrix(rules.rules, classes, callerClasses(purposes))
const html = matrixHtml(cells, { bundleHash: rules.hash, schemaHash })

let browser: OpenBrowser
beforeAll(async () => {
  browser = await openBrowser()
}, 60_000)
afterAll(() => browser.close())

const withPage = async (javaScriptEnabled: boolean) => {
  const page = await browser.browser.newPage({ javaScriptEnabled })
  await page.setContent(html)
  return page
}

test('reads without script: every row, and no form that would do nothing', async () => {
  const page = await withPage(false)
  expect(await page.locator('tbody tr').count()).toBe(cells.length)
  expect(await page.locator('form').isVisible()).toBe(false)
  await page.close()
}, 60_000)

test('filters by outcome, by level and by a word', async () => {
  const page = await withPage(true)
  await page.getByLabel('Kết quả · Outcome').selectOption('MASK')
  const masked = cells.filter(({ outcome }) => outcome === 'MASK')
  expect(await page.locator('tbody tr:visible').count()).toBe(masked.length)
  await page.getByRole('searchbox').fill('citizen.phonenumber')
  expect(await page.locator('tbody tr:visible').count()).toBe(
    masked.filter(({ coordinate }) => coordinate === 'Citizen.phoneNumber').length,
  )
  expect(await page.locator('#count').textContent()).toBe('1')
  await page.close()
}, 60_000)
