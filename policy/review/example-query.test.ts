import { readFileSync } from 'node:fs'
import { buildSchema, parse, validate } from 'graphql'
import { expect, test } from 'vitest'
import { exampleQuery } from './example-query.ts'
import { loadBundle } from './load-bundle.ts'

const schema = buildSchema(readFileSync(new URL('../../schema/api.graphql', import.meta.url), 'utf8'))

test('every field that can be asked for has a query that holds, own and of others', () => {
  const isInApi = (coordinate: string) => {
    const [type = '', field = ''] = coordinate.split('.')
    const found = schema.getType(type)
    return found !== undefined && 'getFields' in found && field in found.getFields()
  }
  // Every third: the walk takes its time.
  const asked = [...loadBundle().classes.keys()].filter((one, index) => index % 3 === 0 && isInApi(one))
  const without: string[] = []
  for (const [index, coordinate] of asked.entries())
    for (const isOwn of [true, false]) {
      const query = exampleQuery(schema, coordinate, isOwn)
      if (query === null) without.push(coordinate)
      // Validation takes its time: every twentieth.
      else if (index % 20 === 0) expect(validate(schema, parse(query)), query).toEqual([])
    }
  expect(asked.length).toBeGreaterThan(200)
  expect(without).toEqual([])
})

test('own data is asked through me, others through the number', () => {
  expect(exampleQuery(schema, 'Citizen.ethnicity', true)).toBe('{ me { ethnicity } }')
  expect(exampleQuery(schema, 'Citizen.ethnicity', false)).toBe('{ citizen(personalId: "901085000101") { ethnicity } }')
  expect(exampleQuery(schema, 'Citizen.nothing', true)).toBeNull()
})
