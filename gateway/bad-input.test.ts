import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { most } from '../policy/operation/limits.ts'
import { smallGateway } from './testing/small-graph.ts'
import { codeOf, openServer } from './testing/open-server.ts'
import type { Answered, OpenServer } from './testing/open-server.ts'

let asked = 0
const roots = {
  me: () => ({ fullName: 'An' }),
  citizen: () => {
    asked += 1
    return { fullName: 'An' }
  },
}
let server: OpenServer
beforeAll(async () => {
  server = await openServer({ gateway: smallGateway(roots) })
})
afterAll(() => server.close())

/** A clear error: a code, both languages, the request's id, and nothing answered. */
const expectRefused = (answered: Answered, code: string, status: number, says: string | RegExp = ''): void => {
  expect({ code: codeOf(answered), status: answered.status }).toEqual({ code, status })
  expect(answered.body.data).toBeUndefined()
  expect(answered.body.errors?.[0]?.message).toMatch(says)
  for (const { message, extensions } of answered.body.errors ?? []) {
    expect(message).toMatch(/\w/)
    expect(extensions).toMatchObject({
      message_vi: expect.stringMatching(/\p{L}/u),
      requestId: expect.stringMatching(/^[\w-]+$/),
    })
  }
}
const doubling = (levels: number, field: string): string =>
  Array.from(
    { length: levels },
    (_, level) =>
      `fragment f${level} on Citizen { ${field} ${level + 1 < levels ? `...f${level + 1} relatives { ...f${level + 1} }` : ''} }`,
  ).join('\n')
const repeat = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ')

describe('a request that is too large', () => {
  test('of 1 MB arrives, and is refused', async () => {
    expectRefused(
      await server.ask({ query: `{ me { fullName } } # ${'x'.repeat(1_000_000)}` }),
      'QUERY_TOO_COMPLEX',
      413,
    )
  })
  test('of 1 MB in a variable is refused too', async () => {
    expectRefused(
      await server.ask({ query: '{ __typename }', variables: { v: 'x'.repeat(1_000_000) } }),
      'QUERY_TOO_COMPLEX',
      413,
    )
  })
  test('of 1 MB over a real socket gets its answer, not a broken connection', async () => {
    const own = await openServer()
    const url = await own.app.listen({ port: 0, host: '127.0.0.1' })
    const body = JSON.stringify({ query: `{ __typename } # ${'x'.repeat(1_000_000)}` })
    const answer = await fetch(`${url}/graphql`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    })
    expect({ status: answer.status, body: await answer.json() }).toMatchObject({
      status: 413,
      body: { errors: [{ extensions: { code: 'QUERY_TOO_COMPLEX' } }] },
    })
    await own.close()
  })
  test('with more tokens than the limit is refused before it is parsed', async () => {
    const query = `{ ${'a '.repeat(most.tokens)} }`
    expectRefused(await server.ask({ query }), 'QUERY_TOO_COMPLEX', 400, `more than ${most.tokens} tokens`)
  })
  test('with 10,000 aliases is refused, and nobody is looked up', async () => {
    const before = asked
    const lookups = `{ ${repeat(10_000, (i) => `a${i}: citizen(personalId: "901085000101") { fullName }`)} }`
    expectRefused(await server.ask({ query: lookups }), 'QUERY_TOO_COMPLEX', 413)
    expectRefused(
      await server.ask({ query: `{ ${repeat(10_000, (i) => `a${i}:me{fullName}`)} }` }),
      'QUERY_TOO_COMPLEX',
      400,
    )
    const own = `{ me { ${repeat(most.aliases + 1, (i) => `a${i}: fullName`)} } }`
    expectRefused(await server.ask({ query: own }), 'QUERY_TOO_COMPLEX', 400, `more than ${most.aliases} aliases`)
    expect(asked).toBe(before)
  })
  test('with 100 lookups under aliases is refused', async () => {
    const query = `{ ${repeat(100, (i) => `a${i}: citizen(personalId: "901085000101") { fullName }`)} }`
    expectRefused(await server.ask({ query }), 'QUERY_TOO_COMPLEX', 400, `more than ${most.roots} root fields`)
  })
  test('with lookups hidden in fragments is refused', async () => {
    const lookups = (name: string) => repeat(30, (i) => `${name}${i}: me { fullName }`)
    const query = `{ ...a ...b } fragment a on Query { ${lookups('a')} } fragment b on Query { ${lookups('b')} }`
    expectRefused(await server.ask({ query }), 'QUERY_TOO_COMPLEX', 400, `more than ${most.roots} root fields`)
  })
  test('nested too deep is refused, in the text or through fragments', async () => {
    const nested = (depth: number): string => `{ me ${'{ relatives '.repeat(depth)}{ fullName } ${'}'.repeat(depth)} }`
    expectRefused(
      await server.ask({ query: nested(800) }),
      'QUERY_TOO_COMPLEX',
      400,
      `more than ${most.nesting} open brackets`,
    )
    expectRefused(
      await server.ask({ query: nested(most.depth) }),
      'QUERY_TOO_COMPLEX',
      400,
      `more than ${most.depth} levels`,
    )
    const chain = repeat(
      40,
      (i) => `fragment f${i} on Citizen { relatives { fullName ${i < 39 ? `...f${i + 1}` : ''} } }`,
    )
    expectRefused(
      await server.ask({ query: `{ me { ...f0 } } ${chain}` }),
      'QUERY_TOO_COMPLEX',
      400,
      `more than ${most.depth} levels`,
    )
  })
  test('nested deep in a value is refused', async () => {
    const value = `${'['.repeat(1000)}${']'.repeat(1000)}`
    const query = `{ citizen(personalId: ${value}) { fullName } }`
    expectRefused(await server.ask({ query }), 'QUERY_TOO_COMPLEX', 400, `more than ${most.nesting} open brackets`)
  })
  test('doubling itself thirty times through fragments is refused without being written out', async () => {
    const flat = repeat(
      30,
      (i) => `fragment f${i} on Citizen { fullName ${i < 29 ? `...f${i + 1} ...f${i + 1}` : ''} }`,
    )
    expectRefused(
      await server.ask({ query: `{ me { ...f0 } } ${flat}` }),
      'QUERY_TOO_COMPLEX',
      400,
      `more than ${most.fields} fields`,
    )
    expectRefused(await server.ask({ query: `{ me { ...f0 } } ${doubling(30, 'fullName')}` }), 'QUERY_TOO_COMPLEX', 400)
  })
  test('asking for more rows than could be answered is refused', async () => {
    const query =
      '{ citizens(first: 100) { nodes { neighbours(first: 100) { nodes { neighbours(first: 100) { nodes { fullName } } } } } } }'
    expectRefused(await server.ask({ query }), 'QUERY_TOO_COMPLEX', 400, `more than ${most.cost} possible values`)
  })
  test('asking for long lists in one another is refused, as long as the schema says that they are', async () => {
    const nested = (depth: number): string => (depth === 0 ? 'fullName' : `relatives { ${nested(depth - 1)} }`)
    expect((await server.ask({ query: `{ me { ${nested(2)} } }` })).body.errors).toBeUndefined()
    const answered = await server.ask({ query: `{ me { ${nested(3)} } }` })
    expectRefused(answered, 'QUERY_TOO_COMPLEX', 400, `more than ${most.cost} possible values`)
  })
  test('with thousands of directives, or of fields that must be compared, is answered without stopping anybody', async () => {
    expectRefused(await server.ask({ query: `{ me { fullName ${'@a '.repeat(1000)} } }` }), 'BAD_USER_INPUT', 200)
    expectRefused(await server.ask({ query: `{ me { ${'fullName '.repeat(2400)} } }` }), 'QUERY_TOO_COMPLEX', 400)
  })
})

describe('a page', () => {
  const page = (first: unknown) =>
    server.ask({ query: 'query Q($n: Int) { citizens(first: $n) { nodes { fullName } } }', variables: { n: first } })
  test('of no, fewer or too many rows is refused, written out or in a variable', async () => {
    for (const first of [0, -1, 101, 1_000_000_000]) {
      expectRefused(await page(first), 'BAD_USER_INPUT', 200)
      expectRefused(
        await server.ask({ query: `{ citizens(first: ${first}) { nodes { fullName } } }` }),
        'BAD_USER_INPUT',
        200,
      )
      expectRefused(
        await server.ask({ query: `query Q($n: Int = ${first}) { citizens(first: $n) { nodes { fullName } } }` }),
        'BAD_USER_INPUT',
        200,
      )
    }
  })
  test('of up to a hundred is served, and so is one nobody measured', async () => {
    for (const first of [1, 100, null]) expect((await page(first)).body.errors).toBeUndefined()
  })
})

describe('a body', () => {
  test('with an array of requests is refused', async () => {
    expectRefused(await server.ask([{ query: '{ __typename }' }, { query: '{ __typename }' }]), 'BAD_USER_INPUT', 400)
    expectRefused(await server.ask([{}, {}]), 'BAD_USER_INPUT', 400)
    expectRefused(await server.ask([]), 'BAD_USER_INPUT', 400)
  })
  test('that is no JSON object is refused', async () => {
    for (const body of ['', 'x', '{', '"text"', '1', 'null', 'true', '{}', '{"query":""}', '{"query":1}'])
      expectRefused(await server.ask(body), 'BAD_USER_INPUT', 400)
  })
  test('in another encoding is refused', async () => {
    for (const charset of ['utf-7', 'utf-16', 'latin1', '"utf-7"'])
      expectRefused(
        await server.ask({ query: '{ __typename }' }, { 'content-type': `application/json; charset=${charset}` }),
        'BAD_USER_INPUT',
        415,
      )
    expect(
      (await server.ask({ query: '{ __typename }' }, { 'content-type': 'application/json; charset=UTF-8' })).status,
    ).toBe(200)
  })
  test('of another type is refused: a page of another site can send no JSON unasked', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/graphql',
    ])
      expectRefused(await server.ask('{"query":"{ __typename }"}', { 'content-type': type }), 'BAD_USER_INPUT', 415)
  })
  test('that would pollute a prototype pollutes nothing', async () => {
    expectRefused(
      await server.ask('{"query":"{ __typename }","variables":{"__proto__":{"polluted":1}}}'),
      'BAD_USER_INPUT',
      400,
    )
    expectRefused(
      await server.ask('{"query":"{ __typename }","constructor":{"prototype":{"polluted":1}}}'),
      'BAD_USER_INPUT',
      400,
    )
    for (const name of ['__proto__', 'constructor', 'prototype', 'hasOwnProperty']) {
      const { body } = await server.ask({
        query: `query Q($${name}: Int) { ${name}: me { ${name}: fullName @skip(if: false) } citizens(first: $${name}) { nodes { fullName } } }`,
        variables: { constructor: 1 },
      })
      expect(body.errors === undefined || body.data == null).toBe(true)
    }
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
    expect(Object.prototype).not.toHaveProperty('fullName')
  })
})

describe('a method', () => {
  test('other than POST is refused: an address must not hold a query', async () => {
    for (const method of ['GET', 'PUT', 'DELETE', 'OPTIONS'] as const) {
      const { statusCode, headers } = await server.app.inject({
        method,
        url: '/graphql?query={__typename}',
        headers: { 'content-type': 'text/plain' },
        ...(method === 'PUT' ? { payload: 'x' } : {}),
      })
      expect([405, 415]).toContain(statusCode)
      if (statusCode === 405) expect(headers['allow']).toBe('POST')
    }
  })
})

describe('a document', () => {
  test('that does not parse says where, not what', async () => {
    const answered = await server.ask({ query: '{ citizen(personalId: "901085000101" }' })
    expectRefused(answered, 'BAD_USER_INPUT', 200)
    expect(answered.body.errors?.[0]?.message).toBe('the request is not valid: not GraphQL at line 1, column 38')
    expect(answered.text).not.toContain('901085000101')
  })
  test('that does not fit the schema is told so by names, and offered none', async () => {
    const answered = await server.ask({ query: '{ me { fullNam } }' })
    expectRefused(answered, 'BAD_USER_INPUT', 200)
    expect(answered.body.errors?.[0]?.message).toBe(
      'the request is not valid: Cannot query field "fullNam" on type "Citizen"',
    )
    expect(answered.text).not.toMatch(/Did you mean|fullName/)
  })
  test('with a malformed personal number is refused without repeating it', async () => {
    const inline = await server.ask({ query: '{ citizen(personalId: "90108500010X") { fullName } }' })
    const variable = await server.ask({
      query: 'query Q($id: PersonalId!) { citizen(personalId: $id) { fullName } }',
      variables: { id: '90108500010X' },
    })
    for (const answered of [inline, variable]) {
      expectRefused(answered, 'BAD_USER_INPUT', 200)
      expect(answered.text).not.toContain('90108500010X')
    }
  })
  test('without the operation it names is refused', async () => {
    expectRefused(
      await server.ask({ query: 'query A { __typename } query B { __typename }', operationName: 'C' }),
      'BAD_USER_INPUT',
      200,
    )
    expectRefused(await server.ask({ query: 'query A { __typename } query B { __typename }' }), 'BAD_USER_INPUT', 200)
  })
  test('that is refused is 400 to a client that speaks application/graphql-response+json', async () => {
    expectRefused(
      await server.ask({ query: '{ nothing }' }, { accept: 'application/graphql-response+json' }),
      'BAD_USER_INPUT',
      400,
    )
  })
})

test('nothing of what was asked stands in the log', () => {
  expect(server.logged.join('')).not.toMatch(/90108500010|fullName|Citizen/)
})
