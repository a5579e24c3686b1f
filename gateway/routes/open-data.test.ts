import Fastify, { type FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { pino } from 'pino'
import { createApp } from '../create-app.ts'
import { createMetrics } from '../metrics.ts'
import { limits } from '../limits.ts'
import type { AskOpenly } from '../open-data/gather-rows.ts'
import { createAddressLimit } from '../plugins/address-limit.ts'
import { refusalSender } from '../plugins/refuse.ts'
import { formatAccepted } from '../open-data/format-accepted.ts'
import { openDataRoutes } from './open-data.ts'

const religions = { data: { religions: [{ code: '01', name: 'Phật giáo', nameEn: '=Buddhism' }] } }
/** A limit for which no time passes. */
const standing = () => createAddressLimit(limits.downloads, () => 0)
let app: FastifyInstance
let asked = 0
let answer: ReturnType<AskOpenly>

beforeEach(() => {
  asked = 0
  answer = Promise.resolve(religions)
  app = Fastify()
  app.setErrorHandler(refusalSender(createMetrics()))
  const ask = () => {
    asked += 1
    return answer
  }
  openDataRoutes(app, ask, standing())
})
afterEach(() => app.close())

const get = (url: string, headers: Record<string, string> = {}, method: 'GET' | 'HEAD' = 'GET') =>
  app.inject({ method, url, headers })

describe('a dataset', () => {
  test('is CSV that a spreadsheet opens, and computes nothing', async () => {
    const { statusCode, headers, rawPayload } = await get('/open-data/religions.csv')
    expect(statusCode).toBe(200)
    expect(headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': 'attachment; filename="religions.csv"',
      'cache-control': 'public, max-age=300',
      'access-control-allow-origin': '*',
    })
    expect(rawPayload.subarray(0, 3).toString('hex')).toBe('efbbbf')
    expect(rawPayload.subarray(3).toString()).toBe('code,name,nameEn\r\n01,"Phật giáo","\'=Buddhism"\r\n')
  })

  test('is JSON with its name, source and columns', async () => {
    const { headers, body } = await get('/open-data/religions.json')
    expect(headers['content-type']).toBe('application/json; charset=utf-8')
    expect(JSON.parse(body)).toMatchObject({
      dataset: 'religions',
      title: { en: 'Recognised religions' },
      columns: ['code', 'name', 'nameEn'],
      rows: [{ code: '01', name: 'Phật giáo', nameEn: '=Buddhism' }],
    })
  })

  test('comes in the form that Accept asks for', async () => {
    const csv = await get('/open-data/religions', { accept: 'text/csv' })
    expect(csv.headers).toMatchObject({ 'content-location': '/open-data/religions.csv', vary: 'accept' })
    const json = await get('/open-data/religions')
    expect(json.headers['content-location']).toBe('/open-data/religions.json')
    const neither = await get('/open-data/religions', { accept: 'image/png' })
    expect({ status: neither.statusCode, vary: neither.headers.vary }).toEqual({ status: 406, vary: 'accept' })
    const named = await get('/open-data/religions.csv', { accept: 'application/json' })
    expect(named.headers['content-type']).toContain('text/csv')
  })

  test('is asked for once, whatever many want of it', async () => {
    await Promise.all(['.csv', '.json', ''].map((end) => get(`/open-data/religions${end}?${end}`)))
    expect(asked).toBe(1)
  })

  test('is 304 to whoever has it, and only to them', async () => {
    const etag = String((await get('/open-data/religions.csv')).headers.etag)
    expect(etag).toMatch(/^"[\w-]{20,}"$/)
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const { statusCode, body, headers } = await get('/open-data/religions.csv', { 'if-none-match': known })
      expect({ statusCode, body, etag: headers.etag, kept: headers['cache-control'] }, known).toEqual({
        statusCode: 304,
        body: '',
        etag,
        kept: 'public, max-age=300',
      })
    }
    expect((await get('/open-data/religions.json', { 'if-none-match': etag })).statusCode).toBe(200)
  })

  test('answers HEAD as GET, without the file', async () => {
    const whole = await get('/open-data/religions.csv')
    const head = await get('/open-data/religions.csv', {}, 'HEAD')
    expect({ status: head.statusCode, body: head.body }).toEqual({ status: 200, body: '' })
    for (const name of ['etag', 'content-type', 'content-length', 'cache-control'])
      expect(head.headers[name], name).toBe(whole.headers[name])
  })

  test('is refused whole where the graph answers in part, and asked again by the next', async () => {
    answer = Promise.resolve({ ...religions, errors: [{ message: 'm', extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }] })
    const failed = await get('/open-data/religions.csv')
    expect({ status: failed.statusCode, etag: failed.headers.etag, kept: failed.headers['cache-control'] }).toEqual({
      status: 503,
      etag: undefined,
      kept: undefined,
    })
    expect(failed.json()).toMatchObject({ errors: [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }] })
    answer = Promise.resolve(religions)
    expect((await get('/open-data/religions.csv')).statusCode).toBe(200)
  })
})

test.each([
  '/open-data/nothing',
  '/open-data/nothing.csv',
  '/open-data/religions.xml',
  '/open-data/religions.csv.json',
  '/open-data/__proto__.csv',
  '/open-data/constructor.json',
  '/open-data/..%2f..%2fpackage.json',
])('%s is not there, in both languages', async (url) => {
  const { statusCode, headers, body } = await get(url)
  expect(statusCode).toBe(404)
  expect(headers['content-type']).toBe('application/json; charset=utf-8')
  const [error] = (JSON.parse(body) as { errors: { message: string; extensions: Record<string, unknown> }[] }).errors
  expect(error?.message).toMatch(/no such dataset; the catalogue is at \/open-data|datasets come as/)
  expect(error?.extensions).toMatchObject({ code: 'NOT_FOUND', message_vi: expect.stringMatching(/tập dữ liệu/) })
  expect(asked).toBe(0)
})

test('the catalogue names every dataset, its publisher and where each file is', async () => {
  const { headers, body } = await get('/open-data/catalog.jsonld')
  expect(headers['content-type']).toBe('application/ld+json; charset=utf-8')
  expect((await get('/open-data')).body).toBe(body)
  const { dataset, '@type': type } = JSON.parse(body) as { dataset: Record<string, never>[]; '@type': string }
  expect(type).toBe('dcat:Catalog')
  expect(dataset.find(({ identifier }) => identifier === 'religions')).toMatchObject({
    '@id': '/open-data#religions',
    title: { vi: 'Tôn giáo được công nhận', en: 'Recognised religions' },
    publisher: { '@type': 'foaf:Agent', name: { vi: 'Bộ Nội vụ', en: 'Ministry of Home Affairs' } },
    distribution: [
      { downloadURL: '/open-data/religions.csv', mediaType: expect.stringContaining('text/csv') },
      { downloadURL: '/open-data/religions.json' },
    ],
  })
  const etag = String(headers.etag)
  expect((await get('/open-data', { 'if-none-match': etag })).statusCode).toBe(304)
})

test('an address that downloads too often waits, and is told how long', async () => {
  for (let n = 0; n < limits.downloads; n += 1) expect((await get('/open-data')).statusCode).toBe(200)
  const { statusCode, headers, body } = await get('/open-data/religions.csv')
  expect({ statusCode, wait: headers['retry-after'] }).toEqual({ statusCode: 429, wait: '1' })
  expect(JSON.parse(body)).toMatchObject({ errors: [{ extensions: { code: 'RATE_LIMITED' } }] })
})

test.each<[string, string[], number]>([
  ['a proxy that is named', ['127.0.0.1'], 200],
  ['anybody else', [], 429],
])('what %s says of an address counts, or does not', async (_who, proxies, status) => {
  const behind = createApp(pino({ level: 'silent' }), undefined, proxies)
  behind.setErrorHandler(refusalSender(createMetrics()))
  openDataRoutes(behind, () => answer, standing())
  const from = (address: string) =>
    behind.inject({ method: 'GET', url: '/open-data', headers: { 'x-forwarded-for': address } })
  for (let n = 0; n < limits.downloads; n += 1) await from('192.0.2.1')
  expect((await from('192.0.2.2')).statusCode).toBe(status)
  await behind.close()
})

test.each([
  [undefined, 'json'],
  ['*/*', 'json'],
  ['text/csv', 'csv'],
  ['text/*', 'csv'],
  ['text/csv;q=0.5, application/json;q=0.4', 'csv'],
  ['text/csv;q=0.4, */*', 'json'],
  ['application/json;q=0, */*', 'csv'],
  ['TEXT/CSV', 'csv'],
  ['text/html, application/xhtml+xml, */*;q=0.8', 'json'],
  ['image/png', null],
  ['text/csv;q=0', null],
])('Accept: %s wants %s', (accept, format) => expect(formatAccepted(accept)).toBe(format))
