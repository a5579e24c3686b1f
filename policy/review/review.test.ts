import { describe, expect, test } from 'vitest'
import { loadGraph } from '../../schema/load-graph.ts'
import { decide } from '../decide.ts'
import { nothingKnown, rowsWithin, speakingRules } from '../decide-early.ts'
import { loadPolicy } from '../load-policy.ts'
import { accessMatrix } from './access-matrix.ts'
import { callerClasses } from './caller-classes.ts'
import { matrixCsv } from './matrix-csv.ts'

const { rules, purposes } = loadPolicy()
const { classes } = loadGraph()
const callers = callerClasses(purposes)
const cells = accessMatrix(rules.rules, classes, callers)

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
        const speaking = speakingRules(rules.rules, caller, field)
        const isAnswered = [...rowsWithin(nothingKnown)].some((row) =>
          ['ALLOW', 'MASK'].includes(decide(speaking, caller, field, row).outcome),
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
    const ofPeople = analyst.filter(({ coordinate }) => (classes.get(coordinate)?.personal ?? []).length > 0)
    expect(new Set(ofPeople.map(({ outcome }) => outcome))).toEqual(new Set(['AGGREGATE_ONLY']))
  })

  test('is sorted and has one cell a line', () => {
    const lines = matrixCsv(cells).trimEnd().split('\n')
    expect(lines).toHaveLength(cells.length + 1)
    expect(cells.map(({ coordinate }) => coordinate)).toEqual(cells.map(({ coordinate }) => coordinate).toSorted())
  })
})
