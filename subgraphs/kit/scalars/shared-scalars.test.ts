import { readFileSync } from 'node:fs'
import { GraphQLError, parse, parseValue } from 'graphql'
import { describe, expect, it } from 'vitest'
import { parse as parseYaml } from 'yaml'
import { sharedScalars, sharedScalarsIn } from './shared-scalars.ts'

type Case = { scalar: string; input: unknown[]; refused: unknown[]; stored: [unknown, unknown][]; broken: unknown[] }

const cases: Case[] = parseYaml(readFileSync(new URL('shared-scalars.cases.yaml', import.meta.url), 'utf8'))
const errorOf = (run: () => unknown): GraphQLError => {
  try {
    run()
  } catch (error) {
    if (error instanceof GraphQLError) return error
  }
  throw new Error('nothing was refused')
}

it('has a case for every shared scalar', () => {
  expect(cases.map((one) => one.scalar).toSorted()).toEqual(sharedScalars.map((scalar) => scalar.name).toSorted())
})

describe.each(cases)('$scalar', ({ scalar: name, input, refused, stored, broken }) => {
  const scalar = sharedScalars.find((one) => one.name === name)
  if (!scalar) throw new Error(`no scalar ${name}`)

  it.each(input)('takes %j as a variable and as a literal', (value) => {
    expect(scalar.parseValue(value)).toBe(value)
    expect(scalar.parseLiteral(parseValue(JSON.stringify(value)))).toBe(value)
  })

  it.each(refused)('refuses %j without repeating it', (value) => {
    const errors = [() => scalar.parseValue(value), () => scalar.parseLiteral(parseValue(JSON.stringify(value)))]
    for (const error of errors.map(errorOf)) {
      expect(error.extensions['code']).toBe('BAD_USER_INPUT')
      if (typeof value === 'string' && value.length > 7) expect(error.message).not.toContain(value)
    }
  })

  it.each(stored)('gives the stored %j as %j', (value, seen) => {
    expect(scalar.serialize(value)).toBe(seen)
  })

  it.each(broken)('calls the stored %j broken', (value) => {
    expect(errorOf(() => scalar.serialize(value)).extensions['code']).toBe('INTERNAL')
  })

  it('is described in both languages', () => {
    expect(scalar.description).toMatch(/^\p{Lu}.+\. \p{Lu}.+\.$/u)
  })
})

it('gives instants of the database driver in UTC', () => {
  const dateTime = sharedScalars.find((scalar) => scalar.name === 'DateTime')
  expect(dateTime?.serialize(new Date(0))).toBe('1970-01-01T00:00:00.000Z')
  expect(errorOf(() => dateTime?.serialize(new Date(Number.NaN))).extensions['code']).toBe('INTERNAL')
})

it('finds the shared scalars a document uses, and no others', () => {
  const document = parse('type Query { a(b: [Date!]): Money c: String }')
  expect(sharedScalarsIn(document).map((scalar) => scalar.name)).toEqual(['Date', 'Money'])
})
