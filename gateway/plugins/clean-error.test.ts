import fc from 'fast-check'
import type { GraphQLFormattedError } from 'graphql'
import { describe, expect, test } from 'vitest'
import { denial, isErrorCode, problem } from '../../policy/errors.ts'
import { cleanError } from './clean-error.ts'

const decision = {
  outcome: 'DENY',
  conditional: false,
  level: 'L3',
  rule: 'bank-by-consent',
  basis: 'CONSENT',
  citation: 'Luật 91/2025/QH15, Điều 9',
  proposal: true,
  code: 'CONSENT_REQUIRED',
  failed: 'consent',
} as const
const formatted = (
  error: { message: string; extensions: Record<string, unknown> },
  more: object = {},
): GraphQLFormattedError => ({
  message: error.message,
  path: ['citizen', 'ethnicity'],
  extensions: { ...error.extensions, ...more },
})

describe('an error of the project', () => {
  test('keeps its verdict, remedy and path', () => {
    const error = formatted(denial(decision, { coordinate: 'Citizen.ethnicity', requestId: 'r-1' }))
    const { requestId: _added, ...extensions } = { ...error.extensions }
    expect(cleanError(error)).toEqual({ message: error.message, path: ['citizen', 'ethnicity'], extensions })
  })
  test('loses what the gateway and the subgraphs added', () => {
    const added = {
      serviceName: 'population',
      url: 'http://10.0.0.7:4001',
      stacktrace: ['at x.ts:1'],
      exception: {},
      valueCompletion: [],
      response: { url: 'http://10.0.0.7:4001', status: 500, body: 'relation "citizen" does not exist' },
      query: '{ citizen }',
    }
    expect(Object.keys(cleanError(formatted(problem('CONSENT_REQUIRED'), added)).extensions ?? {}).toSorted()).toEqual([
      'code',
      'message_vi',
      'remedy',
    ])
  })
  test('has no other words than the catalogue’s', () => {
    const error = cleanError(
      formatted({
        message: 'connect ECONNREFUSED 10.0.0.7:5432',
        extensions: { code: 'SUBGRAPH_UNAVAILABLE', message_vi: '10.0.0.7' },
      }),
    )
    expect(error.message).toBe('a part of the system can not be reached at the moment')
    expect(error.extensions?.['message_vi']).toBe('một bộ phận của hệ thống tạm thời không truy cập được')
  })
})

describe('an error of nobody we know', () => {
  test.each([
    ['a database that is down', { message: 'connect ECONNREFUSED 10.0.0.7:5432' }, 'INTERNAL'],
    [
      'a mistake in the code',
      {
        message: "Cannot read properties of undefined (reading 'x')",
        extensions: { code: 'INTERNAL_SERVER_ERROR', stacktrace: ['at x'] },
      },
      'INTERNAL',
    ],
    ['a code nobody wrote down', { message: 'secret', extensions: { code: 'SECRET' } }, 'INTERNAL'],
    [
      'a code of ours that somebody else set',
      { message: 'value 901085000101', extensions: { code: 'CONSENT_REQUIRED' } },
      'INTERNAL',
    ],
    [
      'a subgraph that failed',
      { message: '500: Internal Server Error', extensions: { code: 'DOWNSTREAM_SERVICE_ERROR', serviceName: 'land' } },
      'SUBGRAPH_UNAVAILABLE',
    ],
    ['a code that is no text', { message: 'x', extensions: { code: ['INTERNAL'] } }, 'INTERNAL'],
  ])('%s is told by its code alone', (_name, error, code) => {
    const cleaned = cleanError(error)
    expect(cleaned.extensions?.['code']).toBe(code)
    expect(JSON.stringify(cleaned)).not.toMatch(/10\.0\.0\.7|secret|901085000101|stacktrace|at x|land|undefined/)
  })
})

test('whatever goes in, what comes out has a code of the catalogue, both languages, and no word of the input’s extensions', () => {
  const canary = 'canary-901085000101'
  const value = fc.oneof(fc.constant(canary), fc.array(fc.constant(canary)), fc.record({ x: fc.constant(canary) }))
  const code = fc.constantFrom(
    'INTERNAL_SERVER_ERROR',
    'BAD_USER_INPUT',
    'GRAPHQL_VALIDATION_FAILED',
    'GRAPHQL_PARSE_FAILED',
    'DOWNSTREAM_SERVICE_ERROR',
    'TIMEOUT',
    canary,
  )
  fc.assert(
    fc.property(fc.dictionary(fc.string(), value), code, (extensions, given) => {
      const cleaned = cleanError({
        message: `Variable "$id" got invalid value "${canary}"; ${canary}`,
        extensions: { ...extensions, code: given },
      })
      expect(isErrorCode(cleaned.extensions?.['code'])).toBe(true)
      expect(cleaned.extensions?.['message_vi']).toMatch(/\p{L}/u)
      expect(JSON.stringify(cleaned)).not.toContain(canary)
    }),
  )
})
