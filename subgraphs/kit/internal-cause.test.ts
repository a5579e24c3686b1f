import { GraphQLError } from 'graphql'
import { Client, DatabaseError } from 'pg'
import { expect, inject, test } from 'vitest'
import { internalCause } from './internal-cause.ts'

test('a broken constraint is told by its name, without the row that broke it', async () => {
  const client = new Client(inject('superuser'))
  await client.connect()
  await client.query('create temp table person_card (number text, constraint card_is_short check (length(number) < 5))')
  const broken: unknown = await client
    .query({ text: 'insert into person_card values ($1)', values: ['901085000101'] })
    .catch((error: unknown) => error)
  await client.end()
  expect(broken).toBeInstanceOf(DatabaseError)
  const located = new GraphQLError('hidden', { path: ['me'], originalError: broken as Error })
  expect(internalCause(located)).toBe('error, SQLSTATE 23514, constraint card_is_short, table person_card')
})

test('anything else is told by its kind alone', () => {
  expect(internalCause(new TypeError('901085000101 is no card'))).toBe('TypeError')
  const posing = Object.assign(new Error('x'), {
    name: 'Nguyễn Văn An',
    code: '901085000101',
    constraint: '901085000101',
  })
  expect(internalCause(posing)).toBe('Error')
})
