import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPage } from '../../console/open-page.ts'
import { smallGateway } from '../../gateway/testing/small-graph.ts'
import { openServer } from '../../gateway/testing/open-server.ts'
import type { OpenServer } from '../../gateway/testing/open-server.ts'
import { summaryOf } from '../../identity/sign-in.ts'
import { denial } from '../../policy/errors.ts'
import { loadPersonas } from '../../synthetic/personas.ts'
import { openBrowser } from '../support/open-browser.ts'
import type { OpenBrowser } from '../support/open-browser.ts'

const decision = {
  outcome: 'DENY',
  conditional: false,
  level: 'L3',
  rule: 'bank-by-consent',
  basis: 'CONSENT',
  citation: 'Luật 91/2025/QH15, Điều 9',
  proposal: false,
  code: 'CONSENT_REQUIRED',
  failed: 'consent',
} as const
const roots = {
  me: () => ({
    fullName: 'Nguyễn Văn An',
    ethnicity: () =>
      Promise.reject(
        denial(decision, { coordinate: 'Citizen.ethnicity', requestId: 'r-1', purpose: 'CREDIT_ASSESSMENT' }),
      ),
  }),
}

let browser: OpenBrowser
let server: OpenServer
let url: string
let page: Page
const requested: string[] = []
const complaints: string[] = []

beforeAll(async () => {
  const built = openPage()
  if (!(await built.ready)) throw new Error('the page could not be built')
  const personas = async () =>
    Promise.all(
      loadPersonas().map(async (persona) => ({
        ...summaryOf(persona),
        vi: persona.vi,
        en: persona.en,
        token: persona.claims === null ? null : ((await server.identity.localIssuer?.sign(persona.claims)) ?? null),
        allowed: '{ me { fullName } }',
        denied: '{ me { fullName ethnicity } }',
      })),
    )
  server = await openServer({ gateway: smallGateway(roots), page: { ...built, personas } })
  url = await server.app.listen({ port: 0, host: '127.0.0.1' })
  browser = await openBrowser()
  page = await browser.browser.newPage()
  page.on('request', (request) => requested.push(request.url()))
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  await page.goto(url)
}, 180_000)
afterAll(async () => {
  await browser.close()
  await server.close()
})

const run = async () => {
  await page.getByRole('button', { name: /Execute query/ }).click()
}
const answer = () => page.locator('.result-window')

describe('the explorer', { timeout: 90_000 }, () => {
  test('runs a persona’s query with the persona’s own token', async () => {
    await page.getByLabel('Người hỏi').selectOption('bank')
    expect(await page.getByLabel('X-Purpose').inputValue()).toBe('CREDIT_ASSESSMENT')
    await page.getByRole('button', { name: 'Allowed' }).click()
    const [request] = await Promise.all([
      page.waitForRequest((one) => one.url().endsWith('/graphql') && one.headers()['authorization'] !== undefined),
      run(),
    ])
    expect(request.headers()).toMatchObject({
      authorization: expect.stringMatching(/^Bearer /),
      'x-purpose': 'CREDIT_ASSESSMENT',
    })
    await answer().getByText('Nguyễn Văn An').first().waitFor()
    await page.getByText('Nothing was denied.').waitFor()
  })
  test('shows why a field was denied: code, law and remedy in both languages', async () => {
    await page.getByRole('button', { name: 'Denied' }).click()
    await run()
    const reasons = page.getByRole('complementary')
    await reasons.getByText('CONSENT_REQUIRED').first().waitFor()
    const text = await reasons.innerText()
    for (const part of [
      'me.ethnicity',
      'cần sự đồng ý của chủ thể dữ liệu',
      'the consent of the data subject is needed',
      'Citizen.ethnicity (L3)',
      'Luật 91/2025/QH15, Điều 9',
      'requestConsent',
    ])
      expect(text).toContain(part)
  })
  test('asks for a purpose that is not the persona’s, and shows that it was refused', async () => {
    await page.getByLabel('X-Purpose').fill('TREATMENT')
    await run()
    const reason = page.getByRole('complementary').getByText('PURPOSE_NOT_ALLOWED')
    await reason.waitFor()
    expect(await page.getByRole('complementary').innerText()).toContain('X-Purpose')
  })
  test('knows the schema without asking anybody else', async () => {
    await page.getByRole('button', { name: /Documentation Explorer/ }).click()
    const rootTypes = page.locator('.graphiql-doc-explorer')
    await rootTypes.getByText('Mutation', { exact: true }).waitFor()
    expect(await rootTypes.innerText()).toMatch(/query:\s*Query/)
  })
  test('never left this machine, and met no rule of its own policy', () => {
    expect(requested.filter((one) => !one.startsWith(url) && !/^(data|blob):/.test(one))).toEqual([])
    // The refusal asked for above is the one answer that is no success.
    expect(complaints.filter((one) => !one.includes('status of 403'))).toEqual([])
  })
})
