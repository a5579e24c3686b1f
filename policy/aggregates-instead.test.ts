import { readFileSync } from 'node:fs'
import { buildSchema, isObjectType } from 'graphql'
import { expect, test } from 'vitest'
import { aggregatesInstead } from './aggregates-instead.ts'

const schema = buildSchema(readFileSync(new URL('../schema/api.graphql', import.meta.url), 'utf8'))
const types = Object.values(schema.getTypeMap()).filter(isObjectType)

test.each([
  ['Citizen.visits', 'UnitStatistics.visits'],
  ['InsuranceCard.cardNo', 'UnitStatistics.insured'],
  ['Citizen.landRights', 'UnitStatistics.landCertificates'],
  ['Citizen.fullName', 'UnitStatistics.population'],
  ['Benefit.amount', 'UnitStatistics.benefitsPaid'],
])('instead of %s there is %s', (coordinate, figure) => expect(aggregatesInstead(coordinate)[0]).toBe(figure))

test('every figure named for any field is there to be asked', () => {
  const figures = new Set(
    types
      .filter(({ name }) => !name.startsWith('__'))
      .flatMap((type) => Object.keys(type.getFields()).flatMap((field) => aggregatesInstead(`${type.name}.${field}`))),
  )
  const there = Object.keys(types.find(({ name }) => name === 'UnitStatistics')?.getFields() ?? {})
  expect([...figures].filter((figure) => !there.includes(figure.replace('UnitStatistics.', '')))).toEqual([])
})
