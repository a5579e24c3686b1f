import { GraphQLError } from 'graphql'
import { expect, test } from 'vitest'
import { problem } from '../../policy/errors.ts'
import { cataloguedError } from './catalogued-error.ts'

const path = ['citizen', 'fullName']
const thrown = (original?: Error) =>
  new GraphQLError('select secret from citizen', { path, ...(original ? { originalError: original } : {}) })
const failing = (code: string) => Object.assign(new Error('select secret from citizen'), { code })

test.each([
  ['a value graphql refuses is the caller’s mistake', thrown(), 'BAD_USER_INPUT'],
  ['a refused connection is a database that can’t be had', thrown(failing('ECONNREFUSED')), 'SUBGRAPH_UNAVAILABLE'],
  ['so is one that is shutting down', thrown(failing('57P01')), 'SUBGRAPH_UNAVAILABLE'],
  [
    'so is a pool that has no connection left',
    thrown(new Error('timeout exceeded when trying to connect')),
    'SUBGRAPH_UNAVAILABLE',
  ],
  ['a statement that took too long is told as such', thrown(failing('57014')), 'TIMEOUT'],
  ['a text that no column can hold is the caller’s mistake', thrown(failing('22021')), 'BAD_USER_INPUT'],
  ['a wrong statement is a mistake of ours', thrown(failing('42703')), 'INTERNAL'],
  ['what has a code of the catalogue keeps it', thrown(failing('LOG_UNAVAILABLE')), 'LOG_UNAVAILABLE'],
])('%s', (_name, error, code) => {
  const told = cataloguedError(error)
  expect(told.extensions['code']).toBe(code)
  expect(told.path).toEqual(path)
  expect(JSON.stringify(told)).not.toContain('secret')
})

test('a value of a variable is not repeated, what is wrong with it is', () => {
  const wrong = problem('BAD_USER_INPUT', { vi: 'không đúng dạng', en: 'not a PersonalId' })
  const told = cataloguedError(new GraphQLError('Variable "$id" got "secret"', { path, originalError: wrong }))
  expect(told.message).toBe(wrong.message)
  expect(told.path).toEqual(path)
})

test('an argument with a wrong value is named, its value is not', () => {
  const told = cataloguedError(new GraphQLError('Argument "personalId" has invalid value "secret".', { path }))
  expect(told.message).toContain('argument personalId has a value of the wrong form')
  expect(JSON.stringify(told)).not.toContain('secret')
})

test('an error of the catalogue is passed on as it is', () => {
  const error = problem('CASE_REQUIRED')
  expect(cataloguedError(error)).toBe(error)
})
