import { createHash, generateKeyPairSync, randomUUID } from 'node:crypto'
import { SignJWT, UnsecuredJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contextHeader, signContext, type WireContext } from '../../identity/context-token.ts'
import { loadPolicy } from '../../policy/load-policy.ts'
import { loadGraph } from '../../schema/load-graph.ts'
import { openWireTap, type WireTap } from '../support/wire-tap.ts'
import { openLoneSubgraph, type LoneSubgraph } from './lone-subgraph.ts'

let lone: LoneSubgraph
let tap: WireTap
const hashes = { bundleHash: loadPolicy().rules.hash, schemaHash: loadGraph().schemaHash }
beforeAll(async () => {
  lone = await openLoneSubgraph(async (server) => (tap = await openWireTap(server)).host)
}, 300_000)
afterAll(async () => {
  await lone.close()
  await tap.close()
}, 60_000)

const body = JSON.stringify({
  query: '{ citizen(personalId: "901085000101") { __typename fullName } }',
  operationName: null,
  variables: {},
})
const several = JSON.stringify(
  ['fullName', 'sex'].map((field) => ({
    subgraph: 'population',
    query: `{ citizen(personalId: "901085000101") { __typename ${field} } }`,
    operationName: null,
    variables: {},
  })),
)
const digest = (text: string) => createHash('sha256').update(text).digest('base64url')

async function contextOf(changes: Partial<WireContext> = {}): Promise<WireContext> {
  const token = await lone.issuer.token('citizen')
  const stated = { purpose: null, caseNumber: null, isReading: true }
  return { requestId: 'r', traceId: randomUUID(), token, ...stated, ...hashes, ...changes }
}

/** Claims as the gateway signs them, with what is wrong about them. */
async function signed(
  claims: Record<string, unknown> = {},
  header: Record<string, unknown> = {},
  audience: string | string[] = 'population',
) {
  const context = await contextOf()
  return new SignJWT({ method: 'POST', body: digest(body), context, jti: randomUUID(), ...claims })
    .setProtectedHeader({ alg: 'EdDSA', typ: 'graph-context+jwt', kid: lone.contextKey.kid, ...header })
    .setAudience(audience)
    .setIssuedAt((claims['iat'] as number | undefined) ?? undefined)
    .setExpirationTime((claims['exp'] as number | undefined) ?? '15s')
    .sign(lone.contextKey.privateKey)
}

async function send(context: string | null, text = body, method = 'POST', path = '/population/graphql') {
  const response = await fetch(new URL(path, lone.url), {
    method,
    headers: { 'content-type': 'application/json', ...(context === null ? {} : { [contextHeader]: context }) },
    ...(method === 'GET' ? {} : { body: text }),
  })
  return { status: response.status, text: await response.text() }
}

const now = () => Math.floor(Date.now() / 1000)
const stranger = generateKeyPairSync('ed25519').privateKey
type Refused = { it: string; ask: () => Promise<{ status: number; text: string }> }
const refused: Refused[] = [
  { it: 'no context', ask: () => send(null) },
  { it: 'something that is no token', ask: () => send('graph') },
  { it: 'the caller’s own token', ask: async () => send(await lone.issuer.token('citizen')) },
  {
    it: 'an unsigned context (alg none)',
    ask: async () => {
      const claims = { method: 'POST', body: digest(body), context: await contextOf() }
      const token = new UnsecuredJWT({ ...claims, jti: randomUUID() }).setAudience('population').setIssuedAt()
      return send(token.setExpirationTime('15s').encode())
    },
  },
  {
    it: 'a context signed by somebody else under the gateway’s key id',
    ask: async () => {
      const token = new SignJWT({ method: 'POST', body: digest(body), context: await contextOf(), jti: randomUUID() })
      token.setProtectedHeader({ alg: 'EdDSA', typ: 'graph-context+jwt', kid: lone.contextKey.kid })
      return send(await token.setAudience('population').setIssuedAt().setExpirationTime('15s').sign(stranger))
    },
  },
  { it: 'a context under a key id nobody has', ask: async () => send(await signed({}, { kid: 'other' })) },
  {
    it: 'a context signed with the public key as a shared secret',
    ask: async () => {
      const secret = lone.contextKey.publicKey.export({ type: 'spki', format: 'der' })
      const token = new SignJWT({ method: 'POST', body: digest(body), context: await contextOf(), jti: randomUUID() })
      token.setProtectedHeader({ alg: 'HS256', typ: 'graph-context+jwt', kid: lone.contextKey.kid })
      return send(await token.setAudience('population').setIssuedAt().setExpirationTime('15s').sign(secret))
    },
  },
  { it: 'an expired context', ask: async () => send(await signed({ iat: now() - 60, exp: now() - 45 })) },
  {
    it: 'a context older than it may be, whenever it ends',
    ask: async () => send(await signed({ iat: now() - 60, exp: now() + 3600 })),
  },
  { it: 'a context for another subgraph', ask: async () => send(await signed({}, {}, 'land')) },
  { it: 'a context of another type of token', ask: async () => send(await signed({}, { typ: 'JWT' })) },
  { it: 'a context for another body', ask: async () => send(await signed(), body.replace('fullName', 'religion')) },
  { it: 'a context for another method', ask: async () => send(await signed({ method: 'GET' })) },
  { it: 'another method than the context’s', ask: async () => send(await signed(), body, 'PUT') },
  { it: 'GET', ask: async () => send(await signed(), '', 'GET') },
  {
    it: 'a context under other rules',
    ask: async () => send(await signed({ context: await contextOf({ bundleHash: 'other' }) })),
  },
  {
    it: 'a context under another schema',
    ask: async () => send(await signed({ context: await contextOf({ schemaHash: 'other' }) })),
  },
  { it: 'a context without a use-once number', ask: async () => send(await signed({ jti: undefined })) },
  {
    it: 'a forged caller’s token',
    ask: async () => send(await signed({ context: await contextOf({ token: 'e30.e30.e30' }) })),
  },
  {
    it: 'a caller’s token that has expired',
    ask: async () => {
      const token = await lone.issuer.token('citizen', { iat: now() - 7200, exp: now() - 3600 })
      return send(await signed({ context: await contextOf({ token }) }))
    },
  },
  {
    it: 'a caller’s token made for another service',
    ask: async () =>
      send(await signed({ context: await contextOf({ token: await lone.issuer.token('citizen', { aud: 'other' }) }) })),
  },
  {
    it: 'a purpose that is not the caller’s',
    ask: async () => send(await signed({ context: await contextOf({ purpose: 'TREATMENT' }) })),
  },
  { it: 'another path', ask: async () => send(await signed(), body, 'POST', '/land/graphql') },
  {
    it: 'a context of tomorrow',
    ask: async () => send(await signed({ iat: now() + 86_400, exp: now() + 86_415 })),
  },
  { it: 'a context that does not hold yet', ask: async () => send(await signed({ nbf: now() + 60 })) },
  { it: 'a context whose header asks for more', ask: async () => send(await signed({}, { crit: ['b64'], b64: true })) },
  { it: 'a context with a part too many', ask: async () => send(`${await signed()}.e30`) },
  {
    it: 'a context whose claims were changed afterwards',
    ask: async () => {
      const [head = '', , signature = ''] = (await signed()).split('.')
      const [, others = ''] = (await signed({ context: await contextOf({ token: null }) })).split('.')
      return send([head, others, signature].join('.'))
    },
  },
  {
    it: 'several fetches of which one changed afterwards',
    ask: async () =>
      send(await signed({ body: digest(several) }), several.replace('sex', 'religion'), 'POST', '/graphql'),
  },
  {
    it: 'several fetches of which one asks a subgraph the context does not name',
    ask: async () => {
      const text = several.replace('"population"', '"land"')
      return send(await signed({ body: digest(text) }, {}, ['population', 'health']), text, 'POST', '/graphql')
    },
  },
  {
    it: 'several fetches of which one asks a subgraph that is not here',
    ask: async () => {
      const text = several.replace('"population"', '"land"')
      return send(await signed({ body: digest(text) }, {}, ['population', 'land']), text, 'POST', '/graphql')
    },
  },
  {
    it: 'a fetch of another subgraph at this one’s address',
    ask: async () => {
      const text = several.replaceAll('"population"', '"land"')
      return send(await signed({ body: digest(text) }, {}, ['population', 'land']), text)
    },
  },
]

describe('a subgraph alone', { timeout: 60_000 }, () => {
  test.each(refused)('refuses $it, before any SQL', async ({ ask }) => {
    tap.forget()
    const { status, text } = await ask()
    expect(status).toBe(401)
    expect(JSON.parse(text)).toEqual({
      errors: [expect.objectContaining({ extensions: expect.objectContaining({ code: 'UNAUTHENTICATED' }) })],
    })
    expect(JSON.parse(text).data).toBeUndefined()
    expect(tap.heard()).toBe('')
  })

  test('answers a context once, and what a replay is refused is not even looked up', async () => {
    const context = signContext(lone.contextKey, ['population'], body, await contextOf())
    const first = await send(context)
    expect(first.status).toBe(200)
    expect(JSON.parse(first.text)).toEqual({
      extensions: { receipts: [expect.any(Object)] },
      data: { citizen: { __typename: 'Citizen', fullName: expect.any(String) } },
    })
    await lone.quiet()
    expect(tap.heard()).not.toBe('')
    tap.forget()
    expect((await send(context)).status).toBe(401)
    expect(tap.heard()).toBe('')
  })

  test('answers several fetches at once, in their order, with one record of all', async () => {
    const context = signContext(lone.contextKey, ['population'], several, await contextOf())
    const answered = await send(context, several, 'POST', '/graphql')
    expect(answered.status).toBe(200)
    expect(JSON.parse(answered.text)).toEqual({
      answers: [
        { data: { citizen: { __typename: 'Citizen', fullName: expect.any(String) } } },
        { data: { citizen: { __typename: 'Citizen', sex: expect.any(String) } } },
      ],
      receipts: [expect.any(Object)],
    })
    expect((await send(context, several, 'POST', '/graphql')).status).toBe(401)
  })

  test.each(['[]', '{}', '[1]', '{"query":"{ __typename }"}', '[{"subgraph":"population"}]', '['])(
    'reads no other body than fetches, signed or not: %s',
    async (text) => {
      const context = signContext(lone.contextKey, ['population'], text, await contextOf())
      const answered = await send(context, text, 'POST', '/graphql')
      expect(answered.status).toBe(400)
      expect(JSON.parse(answered.text).errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }])
    },
  )

  test.each(['{ _service { sdl } }', '{ s: _service { sdl } citizen(personalId: "901085000101") { fullName } }'])(
    'never tells its schema, signed or not: %s',
    async (query) => {
      const text = JSON.stringify({ query, operationName: null, variables: {} })
      const answer = await send(signContext(lone.contextKey, ['population'], text, await contextOf()), text)
      expect(answer.text).not.toMatch(/classified|directive|@key|type Citizen/)
      expect(JSON.parse(answer.text).data?._service ?? null).toBeNull()
    },
  )

  test('decides by itself: a signed question of nobody is answered with denials', async () => {
    const context = signContext(lone.contextKey, ['population'], body, await contextOf({ token: null }))
    const { text } = await send(context)
    expect(JSON.parse(text)).toMatchObject({
      data: { citizen: null },
      errors: [{ path: ['citizen'], extensions: { code: 'UNAUTHENTICATED' } }],
    })
  })

  test('believes no owner that a representation brings along', async () => {
    const query =
      'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Citizen { fullName } } }'
    const id = lone.seal('901187000102')
    const variables = { representations: [{ __typename: 'Citizen', id, personalId: '901085000101', fullName: 'Mine' }] }
    const text = JSON.stringify({ query, operationName: null, variables })
    const answer = await send(signContext(lone.contextKey, ['population'], text, await contextOf()), text)
    expect(JSON.parse(answer.text)).toMatchObject({
      data: { _entities: [{ fullName: null }] },
      errors: [{ extensions: { code: 'CLASSIFICATION_DENIED' } }],
    })
  })
})
