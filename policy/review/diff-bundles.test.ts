import { describe, expect, test } from 'vitest'
import { createPurposeRegistry } from '../purposes.ts'
import type { Rule } from '../rule.ts'
import type { FieldClass } from '../types.ts'
import type { Bundle } from './bundle.ts'
import { diffBundles } from './diff-bundles.ts'
import { loadBundle } from './load-bundle.ts'
import { namedWidenings, unnamedWidenings } from './named-widenings.ts'
import { sideChanges } from './side-changes.ts'

const whole = loadBundle()
/** A part of the graph, so that it is walked quickly. */
const bundle: Bundle = {
  ...whole,
  classes: new Map([...whole.classes].filter(([, { type }]) => ['Query', 'Citizen', 'Visit'].includes(type))),
}
const withRule = (id: string, edit: (rule: Rule) => Rule[]): Bundle => ({
  ...bundle,
  rules: bundle.rules.flatMap((rule) => (rule.id === id ? edit(rule) : [rule])),
})
const withField = (coordinate: string, edit: Partial<FieldClass>): Bundle => ({
  ...bundle,
  classes: new Map([...bundle.classes, [coordinate, { ...(bundle.classes.get(coordinate) as FieldClass), ...edit }]]),
})
const officer = 'CIVIL_STATUS OFFICIAL STATE_AGENCY civil-status-officer'
const withoutCase = withRule('civil-status-sensitive', (rule) => [
  { ...rule, conditions: { ...rule.conditions, case: undefined } as Rule['conditions'] },
])

describe('comparing two bundles', () => {
  test('finds nothing between a bundle and itself', () => {
    expect(diffBundles(bundle, bundle)).toEqual({ cells: [], newFields: [], removedFields: [], side: [] })
  })

  test('a condition taken away opens, and put back closes, with the row that shows it', () => {
    const cell = {
      caller: officer,
      coordinate: 'Citizen.ethnicity',
      level: 'L3',
      because: 'rule civil-status-sensitive changed',
      example: { subjectClass: 'ADULT', relation: 'OTHER', jurisdiction: 'INSIDE', case: 'NONE', consent: 'NONE' },
    }
    const opened = diffBundles(bundle, withoutCase).cells
    expect(opened.find(({ coordinate }) => coordinate === 'Citizen.ethnicity')).toMatchObject({
      ...cell,
      direction: 'WIDENED',
      from: { outcome: 'DENY' },
      to: { outcome: 'ALLOW', rule: 'civil-status-sensitive' },
    })
    expect(new Set(opened.map(({ direction }) => direction))).toEqual(new Set(['WIDENED']))
    const closed = diffBundles(withoutCase, bundle).cells
    expect(closed.find(({ coordinate }) => coordinate === 'Citizen.ethnicity')).toMatchObject({
      ...cell,
      direction: 'NARROWED',
    })
  })

  test('a denial taken away, a class lowered and a mask changed open', () => {
    const [denial] = diffBundles(
      bundle,
      withRule('absence-is-never-consented-away', () => []),
    ).cells
    expect(denial).toMatchObject({
      direction: 'WIDENED',
      coordinate: 'Citizen.temporaryAbsence',
      because: 'rule absence-is-never-consented-away removed',
    })
    const [lowered] = diffBundles(bundle, withField('Citizen.ethnicity', { level: 'L2' })).cells.filter(
      ({ caller }) => caller === officer,
    )
    expect(lowered).toMatchObject({ direction: 'WIDENED', level: 'L3', because: 'class of Citizen.ethnicity changed' })
    const masked = diffBundles(bundle, withField('Citizen.dateOfBirth', { mask: 'KEEP' })).cells
    expect(masked[0]).toMatchObject({ direction: 'WIDENED', from: { mask: 'YEAR' }, to: { mask: 'KEEP' } })
  })

  test('a purpose that more may state opens, and fields come and go', () => {
    const all = bundle.purposes.all.map((one) =>
      one.code === 'CIVIL_STATUS' ? { ...one, statedBy: { ...one.statedBy, roles: undefined } } : one,
    )
    const purposes = createPurposeRegistry(JSON.stringify({ purposes: all }))
    const [cell] = diffBundles(bundle, { ...bundle, purposes }).cells
    expect(cell).toMatchObject({
      direction: 'WIDENED',
      caller: 'CIVIL_STATUS OFFICIAL STATE_AGENCY',
      because: 'purpose stated by others',
    })
    const classes = new Map([...bundle.classes].filter(([coordinate]) => coordinate !== 'Citizen.ethnicity'))
    const grown = diffBundles({ ...bundle, classes }, bundle)
    expect(grown.newFields).toEqual(['Citizen.ethnicity'])
    expect(grown.cells.map(({ caller, direction }) => [caller, direction])).toContainEqual([officer, 'WIDENED'])
    expect(diffBundles(bundle, { ...bundle, classes }).removedFields).toEqual(['Citizen.ethnicity'])
  })

  test('a budget that is new or raised and a limit that is another or gone open; a budget that ends does not', () => {
    const figures = (...edits: [string, unknown][]): Bundle => ({
      ...bundle,
      figures: new Map([...new Map([...bundle.figures, ...edits])].filter(([, is]) => is !== null)),
    })
    const opened = (before: Bundle, after: Bundle) =>
      sideChanges(before, after).map(({ kind, name, opens }) => [kind, name, opens])
    const [plain, raised] = [figures(['budget.A.B', { core: 1 }]), figures(['budget.A.B', { core: 2 }])]
    expect(opened(bundle, plain)).toEqual([['figure', 'budget.A.B', true]])
    expect(opened(plain, raised)).toEqual([['figure', 'budget.A.B', true]])
    expect(opened(raised, bundle)).toEqual([['figure', 'budget.A.B', false]])
    const limits = ['volume.thresholds', 'volume.enumeration', 'anomalies.officeHours']
    for (const name of limits) {
      expect(opened(bundle, figures([name, { other: 1 }]))).toEqual([['figure', name, true]])
      expect(opened(bundle, figures([name, null]))).toEqual([['figure', name, true]])
      expect(opened(figures([name, null]), bundle)).toEqual([['figure', name, false]])
    }
  })

  test('another kind of organisation, another subject and an argument without guard are told beside the cells', () => {
    const [argument = ''] = bundle.arguments.keys()
    const [type = ''] = bundle.subjects.keys()
    const { side } = diffBundles(bundle, {
      ...bundle,
      organisations: new Map([...bundle.organisations, ['BANK-DEMO', 'STATE_AGENCY']]),
      subjects: new Map([...bundle.subjects, [type, { persons: ['other'], place: null }]]),
      arguments: new Map([...bundle.arguments].filter(([name]) => name !== argument)),
    })
    expect(side.map(({ kind, name, opens }) => [kind, name, opens])).toEqual([
      ['subject', type, true],
      ['argument', argument, true],
      ['organisation', 'BANK-DEMO', true],
    ])
  })
})

describe('what decision records name', () => {
  const unnamed = (record: string) =>
    unnamedWidenings(diffBundles(bundle, withoutCase), namedWidenings(record), (at) => bundle.classes.get(at)?.domain)

  test('is let through by rule and field, type or database', () => {
    expect(unnamed('').cells.length).toBeGreaterThan(1)
    for (const scope of ['population:*', 'Citizen.*'])
      expect(unnamed(`---\nwidens: civil-status-sensitive ${scope}\n---\n# 1. Why\n`).cells).toEqual([])
    const one = unnamed('---\nwidens: civil-status-sensitive Citizen.ethnicity\n---\n# 1. Why\n').cells
    expect(one.map(({ coordinate }) => coordinate)).not.toContain('Citizen.ethnicity')
    expect(one.length).toBeGreaterThan(0)
  })

  test('is nothing for another rule, nor where it stands outside the front matter', () => {
    const all = unnamed('').cells.length
    expect(unnamed('---\nwidens: civil-status-basic Citizen.*\n---\n').cells).toHaveLength(all)
    expect(unnamed('# 1. Why\n\nwidens: civil-status-sensitive Citizen.*\n').cells).toHaveLength(all)
  })
})
