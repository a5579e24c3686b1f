import { describe, expect, test } from 'vitest'
import { loadGraph } from '../../schema/load-graph.ts'
import { decide, type KnownRow } from '../decide.ts'
import { closedRow, nothingKnown, rowsWithin } from '../decide-early.ts'
import { loadPolicy } from '../load-policy.ts'
import type { FieldClass, RowFacts } from '../types.ts'
import { accessMatrix } from './access-matrix.ts'
import { callerClasses } from './caller-classes.ts'
import { coverage } from './coverage.ts'
import { explain } from './explain.ts'
import { matrixCsv } from './matrix-csv.ts'

const { rules, purposes } = loadPolicy()
const { classes } = loadGraph()
const callers = callerClasses(purposes)
const cells = accessMatrix(rules.rules, classes, callers)
const fieldOf = (coordinate: string) => classes.get(coordinate) as FieldClass
const callerOf = (name: string) => {
  const found = callers.find((one) => one.name.startsWith(name))
  if (found === undefined) throw new Error(`no caller class ${name}`)
  return found.caller
}

describe('the access matrix', () => {
  test('holds a cell wherever some row is answered, and none where no row is', () => {
    const open = new Set(
      cells
        .filter(({ outcome }) => outcome === 'ALLOW' || outcome === 'MASK')
        .map(({ caller, coordinate }) => `${caller} ${coordinate}`),
    )
    for (const field of classes.values()) {
      if (field.level === 'L0' || field.structure) continue
      for (const { name, caller } of callers) {
        const isAnswered = [...rowsWithin(nothingKnown)].some((row) =>
          ['ALLOW', 'MASK'].includes(decide(rules.rules, caller, field, row).outcome),
        )
        expect(open.has(`${name} ${field.coordinate}`), `${name} ${field.coordinate}`).toBe(isAnswered)
      }
    }
  })

  test('never shows a private organisation without consent', () => {
    const bank = cells.filter(
      ({ caller, outcome, level }) => caller.includes('PRIVATE') && outcome === 'ALLOW' && level !== 'L1',
    )
    expect(bank.length).toBeGreaterThan(100)
    expect(bank.filter(({ conditions }) => !conditions.en.includes('a live consent'))).toEqual([])
  })

  test('gives the analyst no row about a person', () => {
    const analyst = cells.filter(({ caller }) => caller.startsWith('STATISTICS'))
    expect(new Set(analyst.map(({ outcome }) => outcome))).toEqual(new Set(['AGGREGATE_ONLY']))
  })

  test('is sorted and has one cell a line', () => {
    const lines = matrixCsv(cells).trimEnd().split('\n')
    expect(lines).toHaveLength(cells.length + 1)
    expect(cells.map(({ coordinate }) => coordinate)).toEqual(cells.map(({ coordinate }) => coordinate).toSorted())
  })
})

describe('explaining', () => {
  const unknown: RowFacts = { ...nothingKnown, relation: 'OTHER', consent: 'NONE', case: 'NONE', approval: 'NONE' }

  test('names the failed step and the smallest change that opens the field', () => {
    const told = explain(rules.rules, callerOf('CIVIL_STATUS'), fieldOf('Citizen.ethnicity'), unknown)
    expect(told.decision).toMatchObject({ outcome: 'DENY', code: 'CASE_REQUIRED', failed: 'case' })
    expect(told.flip).toEqual({
      change: { jurisdiction: 'INSIDE', case: 'COVERS' },
      outcome: 'ALLOW',
      rule: 'civil-status-sensitive',
    })
  })

  test('says when nothing would open it', () => {
    expect(explain(rules.rules, callerOf('STATISTICS'), fieldOf('Citizen.fullName'), unknown).flip).toBeNull()
  })

  test('a change it names does open the field', () => {
    for (const { caller } of callers) {
      for (const field of classes.values()) {
        if (field.level === 'L0' || field.structure) continue
        const { flip } = explain(rules.rules, { ...caller, authnLevel: 1 }, field, unknown)
        if (flip === null) continue
        const { authnLevel = 1, ...facts } = flip.change
        const row: KnownRow = { ...closedRow, ...facts }
        expect(decide(rules.rules, { ...caller, authnLevel }, field, row).rule).toBe(flip.rule)
      }
    }
  }, 60_000)
})

test('no field lacks an owner or a dictionary entry, and every rule speaks somewhere', () => {
  expect(coverage(classes, rules.rules, cells)).toMatchObject({ incomplete: [], unreached: [] })
})
