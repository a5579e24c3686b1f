import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { judgeValues } from './judge-values.ts'

type Case = { name: string; held: Record<string, string>; number: string | null; disagree: string[] }
const cases = parse(readFileSync(new URL('judge-values.cases.yaml', import.meta.url), 'utf8')) as Case[]

describe('of what databases hold of somebody', () => {
  test.each(cases)('$name', ({ held, number, disagree }) => {
    const values = Object.entries(held).map(([database, value]) => ({ database, value }))
    expect(judgeValues(values, number)).toEqual(disagree)
  })
})
