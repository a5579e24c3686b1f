import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Principal } from '../policy/types.ts'
import type { GatewayContext } from './context.ts'
import { gatewayOf } from './testing/small-graph.ts'
import { bankClaims, codeOf, openServer } from './testing/open-server.ts'
import type { OpenServer } from './testing/open-server.ts'

const query = { query: '{ __typename }' }
let seen: Principal | undefined
let server: OpenServer
beforeAll(async () => {
  const gateway = gatewayOf(({ context }) => {
    seen = (context as unknown as GatewayContext).principal
    return Promise.resolve({ data: {} })
  })
  server = await openServer({ gateway })
})
afterAll(() => server.close())

const principalOf = async (headers: Record<string, string>): Promise<Principal | undefined> => {
  seen = undefined
  await server.ask(query, headers)
  return seen
}

describe('a caller', () => {
  test('without a token is nobody', async () => {
    expect(await principalOf({})).toMatchObject({ kind: 'NOBODY', audience: 'nobody', purpose: null, token: null })
  })
  test('with a token is who its issuer says, and can’t be changed on the way', async () => {
    const principal = await principalOf(await server.as(bankClaims))
    expect(principal).toMatchObject({
      kind: 'SYSTEM',
      org: 'BANK-DEMO',
      orgKind: 'PRIVATE',
      purpose: null,
      caseNumber: null,
    })
    expect(Object.isFrozen(principal)).toBe(true)
  })
  test('states a purpose and a case in headers', async () => {
    const headers = { ...(await server.as(bankClaims)), 'x-purpose': 'CREDIT_ASSESSMENT', 'x-case': 'KCB-2026-000001' }
    expect(await principalOf(headers)).toMatchObject({ purpose: 'CREDIT_ASSESSMENT', caseNumber: 'KCB-2026-000001' })
  })
  test('with empty headers states nothing', async () => {
    expect(await principalOf({ 'x-purpose': '', 'x-case': ' ' })).toMatchObject({ purpose: null, caseNumber: null })
  })
  test('of another request is not seen: two at once stay apart', async () => {
    const bank = await server.as(bankClaims)
    const seenBy = async (headers: Record<string, string>) => (await server.ask(query, headers)).headers['x-request-id']
    const ids = await Promise.all(Array.from({ length: 50 }, (_, i) => seenBy(i % 2 === 0 ? bank : {})))
    expect(new Set(ids).size).toBe(50)
  })
})

describe('a request is refused', () => {
  const refusedWith = async (headers: Record<string, string>) => {
    seen = undefined
    const answered = await server.ask(query, headers)
    expect(seen).toBeUndefined()
    expect(answered.body.errors).toHaveLength(1)
    return { code: codeOf(answered), status: answered.status }
  }

  test('with a token that does not hold, and is told how to sign in', async () => {
    for (const authorization of [
      'Bearer x',
      'Bearer a.b.c',
      'Bearer',
      'Basic dTpw',
      'Bearer a b',
      `Bearer ${'x'.repeat(9000)}`,
    ])
      expect(await refusedWith({ authorization }), authorization.slice(0, 20)).toEqual({
        code: 'UNAUTHENTICATED',
        status: 401,
      })
    expect((await server.ask(query, { authorization: 'Bearer x' })).headers['www-authenticate']).toBe('Bearer')
  })
  test('with a purpose of another organisation, unknown, or of nobody', async () => {
    const bank = await server.as(bankClaims)
    for (const purpose of [
      'TREATMENT',
      'NO_SUCH_PURPOSE',
      'credit_assessment',
      'CREDIT_ASSESSMENT,TREATMENT',
      '__proto__',
      'x'.repeat(4000),
    ])
      expect(await refusedWith({ ...bank, 'x-purpose': purpose }), purpose.slice(0, 20)).toEqual({
        code: 'PURPOSE_NOT_ALLOWED',
        status: 403,
      })
    expect(await refusedWith({ 'x-purpose': 'CREDIT_ASSESSMENT' })).toEqual({
      code: 'PURPOSE_NOT_ALLOWED',
      status: 403,
    })
  })
  test('with a purpose that is not theirs, and names those that are', async () => {
    const { body } = await server.ask(query, { ...(await server.as(bankClaims)), 'x-purpose': 'TREATMENT' })
    expect(body.errors?.[0]?.extensions?.['remedy']).toEqual({
      action: 'STATE_PURPOSE',
      header: 'X-Purpose',
      purposes: ['CREDIT_ASSESSMENT'],
    })
  })
  test('with a case number that is none', async () => {
    for (const number of ["x' or 1=1", 'a b', '<script>', 'x'.repeat(41)])
      expect(await refusedWith({ 'x-case': number }), number).toEqual({ code: 'BAD_USER_INPUT', status: 400 })
  })
})

describe('a purpose that is not the caller’s', () => {
  test('is recorded before it is refused, under the code only where it is one', async () => {
    const bank = await server.as(bankClaims)
    server.records.length = 0
    await server.ask(query, { ...bank, 'x-purpose': 'TREATMENT' })
    await server.ask(query, { ...bank, 'x-purpose': 'NO_SUCH_PURPOSE' })
    expect(
      server.records.map(({ writer, principal, entries }) => [
        writer,
        principal.org,
        principal.purpose,
        entries.map((e) => e.code),
      ]),
    ).toEqual([
      ['gateway', 'BANK-DEMO', 'TREATMENT', ['PURPOSE_NOT_ALLOWED']],
      ['gateway', 'BANK-DEMO', null, ['PURPOSE_NOT_ALLOWED']],
    ])
  })
  test('is refused otherwise when it can’t be recorded', async () => {
    const deaf = await openServer({ log: { append: () => Promise.reject(new Error('disk full')) } })
    const answered = await deaf.ask(query, { ...(await deaf.as(bankClaims)), 'x-purpose': 'TREATMENT' })
    expect({ code: codeOf(answered), status: answered.status }).toEqual({ code: 'LOG_UNAVAILABLE', status: 503 })
    await deaf.close()
  })
})
