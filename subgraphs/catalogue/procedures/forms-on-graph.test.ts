import { buildSchema } from 'graphql'
import { expect, test } from 'vitest'
import type { FieldClass } from '../../../policy/types.ts'
import { definitionsFromYaml } from './form-definition.ts'
import { formsOnGraph } from './forms-on-graph.ts'

const schema = buildSchema(`
  type Query { me: Citizen }
  type Citizen { fullName: String homes: [Home] }
  type Home { commune: Commune }
  type Commune { code: String }
`)
const fieldClass = (coordinate: string, level: FieldClass['level'], domain: string): [string, FieldClass] => {
  const [type = '', field = ''] = coordinate.split('.')
  const unlike = { coordinate, type, field, domain, level, owner: domain, dict: coordinate }
  const lists = { personal: [], inferring: [], from: [] }
  const alike = { mask: 'NULL', sharing: 'SHARED', importance: 'OTHER', secrecy: 'NONE', structure: false } as const
  return [coordinate, { ...unlike, ...lists, ...alike }]
}
const classes = new Map([
  fieldClass('Query.me', 'L2', 'people'),
  fieldClass('Citizen.fullName', 'L2', 'people'),
  fieldClass('Citizen.homes', 'L2', 'houses'),
  fieldClass('Home.commune', 'L2', 'houses'),
  fieldClass('Commune.code', 'L0', 'codes'),
])
const names = new Map([['Citizen.fullName', { vi: 'Họ tên', en: 'Full name' }]])

const formOf = (fields: readonly string[], person = 'APPLICANT') =>
  `procedures: [{ code: X.Y, name: { vi: a, en: a }, parties: [{ code: one, name: { vi: a, en: a }, person: ${person}, fields: [${fields.join(', ')}] }] }]`
const name = 'name: { vi: a, en: a }'
const reading = (yaml: string) => () => formsOnGraph(definitionsFromYaml(yaml, 'forms.yaml'), schema, classes, names)

test('a field knows every coordinate on its way, and the database that holds what is personal of it', () => {
  const [form] = reading(formOf([`{ code: home, ${name}, from: homes.commune.code }`]))()
  expect(form?.parties[0]?.fields[0]?.held).toMatchObject({
    way: 'homes.commune.code',
    coordinates: ['Citizen.homes', 'Home.commune', 'Commune.code'],
    holder: { coordinate: 'Home.commune', domain: 'houses' },
  })
})

test.each([
  [
    'a field that is not in the graph',
    [`{ code: a, ${name}, from: shoeSize }`],
    'X.Y one.a: Cannot query field "shoeSize"',
  ],
  ['a way that ends before a value', [`{ code: a, ${name}, from: homes }`], 'X.Y one.a: Field "homes" of type'],
  [
    'a field called missing under the name of one that is held',
    ['{ code: a, name: { vi: b, en: full NAME }, missing: { vi: c, en: c } }'],
    'is held as Citizen.fullName',
  ],
  ['a field that is neither held nor missing', [`{ code: a, ${name} }`], 'is held (from) or missing, never both'],
  [
    'a reason to ask again for what is not held',
    [`{ code: a, ${name}, missing: { vi: c, en: c }, asks: { vi: c, en: c } }`],
    'asks again only for what is held',
  ],
  [
    'a field that stands twice',
    [`{ code: a, ${name}, from: fullName }`, `{ code: a, ${name}, from: fullName }`],
    'a field stands twice',
  ],
])('%s is refused', (_name, fields, message) => expect(reading(formOf(fields))).toThrow(message))

test('who is in no database yet has no field that is held, and may be named as one that is', () => {
  expect(reading(formOf([`{ code: a, ${name}, from: fullName }`], 'NOT_RECORDED'))).toThrow('in no database')
  const [form] = reading(
    formOf(['{ code: a, name: { vi: Họ tên, en: b }, missing: { vi: c, en: c } }'], 'NOT_RECORDED'),
  )()
  expect(form?.parties[0]?.fields[0]?.held).toBeNull()
})
