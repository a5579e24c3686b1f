import { readFileSync } from 'node:fs'
import { parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { parse as parseYaml } from 'yaml'
import { allRules } from './classification/rules/all-rules.ts'
import { schemaModelFrom } from './classification/schema-model-from.ts'
import type { SubgraphDocument } from './classification/types.ts'
import { classesFromSdl } from './classification.ts'

type Case = { name: string; rule?: string; sdl?: string; subgraphs?: Record<string, string>; problems: string[] }

const registries = { agencies: new Set(['BCA', 'BYT']), dictionary: new Set(['x-id', 'x-name', 'x-other']) }
const cases: Case[] = parseYaml(readFileSync(new URL('classification/problems.cases.yaml', import.meta.url), 'utf8'))
const documentsOf = (one: Case): SubgraphDocument[] =>
  Object.entries(one.subgraphs ?? { a: one.sdl ?? '' }).map(([name, sdl]) => ({ name, document: parse(sdl) }))
const classify = (...sdl: string[]) =>
  classesFromSdl(
    sdl.map((text, at) => ({ name: `s${at}`, document: parse(text) })),
    registries,
  )

describe('a schema does not compose on', () => {
  it.each(cases)('$name', (one) => {
    const { problems } = classesFromSdl(documentsOf(one), registries)
    expect(problems.map((problem) => `${problem.coordinate}: ${problem.reason}`)).toEqual(one.problems)
  })

  it.each(cases.filter((one) => one.rule !== undefined))('the rule $rule: $name', (one) => {
    const found = allRules[one.rule ?? '']?.(schemaModelFrom(documentsOf(one), registries))
    expect(found?.length).toBeGreaterThan(0)
  })

  it('every rule, each with a case', () => {
    expect([...new Set(cases.flatMap((one) => one.rule ?? []))].toSorted()).toEqual(Object.keys(allRules).toSorted())
  })
})

describe('a class', () => {
  it("takes from its type what the field doesn't say itself", () => {
    const { classes } = classify(`
      type Unit @classified(sharing: RESTRICTED, personal: [B11], owner: "BCA", mask: KEEP) {
        a: String @classified(dict: "x-name", personal: [B1, S_A])
        b: String @classified(dict: "x-other", sharing: OPEN, owner: "BYT")
      }`)
    expect(classes.get('Unit.a')).toEqual({
      coordinate: 'Unit.a',
      type: 'Unit',
      field: 'a',
      domain: 's0',
      sharing: 'RESTRICTED',
      importance: 'OTHER',
      secrecy: 'NONE',
      personal: ['B1', 'S_A'],
      inferring: [],
      level: 'L3',
      owner: 'BCA',
      dict: 'x-name',
      mask: 'KEEP',
      from: [],
      structure: false,
    })
    expect(classes.get('Unit.b')).toMatchObject({ sharing: 'OPEN', personal: ['B11'], level: 'L2', owner: 'BYT' })
  })

  it('takes the default of an extension in the same subgraph', () => {
    const { classes } = classify(`
      type Unit { a: String @classified(dict: "x-name") }
      extend type Unit @classified(sharing: SHARED, owner: "BCA") { b: String @classified(dict: "x-other") }`)
    expect([...classes.values()].map((one) => one.level)).toEqual(['L1', 'L1'])
  })

  it('is the strictest of what subgraphs say, though they may not compose', () => {
    const { classes, problems } = classify(
      'type U { a: String @classified(dict: "x-id", sharing: OPEN, owner: "BCA", mask: KEEP) }',
      'type U { a: String @classified(dict: "x-id", sharing: SHARED, personal: [S_D], owner: "BCA", mask: LAST3) }',
    )
    expect(classes.get('U.a')).toMatchObject({ sharing: 'SHARED', personal: ['S_D'], level: 'L3', mask: 'NULL' })
    expect(problems).not.toEqual([])
  })

  it('belongs to the subgraph that resolves most of the type, not to a stub', () => {
    const unit = 'code: String! @shareable @classified(dict: "x-id", sharing: OPEN, owner: "BCA")'
    const { classes } = classify(
      `type Unit @key(fields: "code", resolvable: false) { ${unit} }`,
      `type Unit @key(fields: "code") { ${unit} name: String @classified(dict: "x-name", sharing: OPEN, owner: "BCA") }`,
    )
    expect(classes.get('Unit.code')?.domain).toBe('s1')
  })

  it('of an external field is the word of the subgraph that resolves it', () => {
    const { classes } = classify(
      'type U { a: String @external @classified(dict: "x-id", sharing: OPEN, owner: "BCA") }',
      'type U { a: String @classified(dict: "x-id", sharing: RESTRICTED, owner: "BCA") }',
    )
    expect(classes.get('U.a')).toMatchObject({ sharing: 'RESTRICTED', domain: 's1' })
  })
})

it('tells subjects by database and over all of them', () => {
  const { subjects } = classify(
    'type Card @subject(persons: ["holder"]) { holder: String }',
    'type Card @subject(persons: ["heir", "holder"], place: "office") { holder: String heir: String office: String }',
  )
  expect(Object.fromEntries(subjects)).toEqual({
    's0:Card': { persons: ['holder'], place: null },
    's1:Card': { persons: ['heir', 'holder'], place: 'office' },
    Card: { persons: ['heir', 'holder'], place: 'office' },
  })
})

it('tells the arguments that touch a classified field, filtering before lookup', () => {
  const { arguments: found } = classify(
    'type Query { u(a: Int @classified(of: "U.a", use: LOOKUP), b: Int): U } input W { a: Int @classified(of: "U.a", use: FILTER) }',
    'type Query { u(a: Int @classified(of: "U.a", use: FILTER)): U }',
  )
  expect(Object.fromEntries(found)).toEqual({
    'Query.u(a)': { of: 'U.a', use: 'FILTER' },
    'W.a': { of: 'U.a', use: 'FILTER' },
  })
})
