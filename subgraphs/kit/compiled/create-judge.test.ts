import { describe, expect, test } from 'vitest'
import { nobody } from '../../../identity/principal.ts'
import type { FactsKind } from '../../../policy/facts-kinds.ts'
import type { Decision, FieldClass, Principal, RowFacts } from '../../../policy/types.ts'
import { fieldClassOf } from '../../../test/support/field-class-of.ts'
import { absentRow } from '../find-rows.ts'
import type { Row, Table } from '../types.ts'
import type { RowVerdict, VerdictNow } from '../verdicts.ts'
import { createJudge, type NotedAs } from './create-judge.ts'
import { createNotedLists } from './noted-fields.ts'

const table: Table = { type: 'Card', from: 't', key: 'id', keyType: 'text', columns: {} }
const [number, since, note] = [fieldClassOf('Card.number'), fieldClassOf('Card.since'), fieldClassOf('Card.note', 'L3')]
const row = (...persons: string[]): Row => ({ ...absentRow(table, 'k'), persons, exists: true })
const kind = (more: Partial<FactsKind> = {}): FactsKind => ({
  isDated: false,
  isBounded: false,
  verdicts: new Map(),
  shared: (verdict) => verdict,
  ...more,
})
const caller: Principal = { ...nobody, kind: 'OFFICIAL', personalId: 'self' }

/** A judge of people who are all of one kind; `asked` are the questions that came through to the decision. */
function judgeOf(ofKind: FactsKind) {
  const asked: string[] = []
  const given = new Map<string, RowVerdict>()
  // Fields of one level are decided alike.
  const verdictFor: VerdictNow = ({ coordinate, level }, { persons }) => {
    const person = persons.join('+')
    asked.push(`${person} ${coordinate}`)
    const decision = { outcome: 'ALLOW', level } as Decision
    const verdict = { decision, parts: [{ person, decision, facts: {} as RowFacts, consent: null }] }
    return given.get(`${person} ${level}`) ?? (given.set(`${person} ${level}`, verdict), verdict)
  }
  const judge = createJudge({
    principal: caller,
    verdictFor,
    kindOf: () => ofKind,
    alike: new WeakMap(),
    lists: createNotedLists(),
    aspectOf: () => '',
  })
  const told = () => judge.notes().map(({ coordinates, parts, isTold }) => [parts[0]?.person, ...coordinates, isTold])
  const on = (of: FieldClass, at: Row, as: NotedAs = 'VALUE') => judge.verdictOn(of, at, false, as)
  return { asked, told, on }
}

describe('of people whose facts are alike', () => {
  test('every field is asked of the first, and of the next one field for all that are decided alike', () => {
    const { asked, on } = judgeOf(kind())
    for (const person of ['one', 'two']) for (const one of [number, since, note]) void on(one, row(person))
    expect(asked).toEqual(['one Card.number', 'one Card.since', 'one Card.note', 'two Card.number', 'two Card.note'])
  })

  test('the verdict on a field that is not asked is that person’s own', () => {
    const { on } = judgeOf(kind())
    for (const one of [number, since]) void on(one, row('one'))
    const first = on(number, row('two'))
    expect(on(since, row('two'))).toBe(first)
    expect((first as RowVerdict).parts[0]?.person).toBe('two')
  })

  test('whose consents reach over a period, or have so many reads, every field is asked', () => {
    for (const more of [{ isDated: true }, { isBounded: true }]) {
      const { asked, on } = judgeOf(kind(more))
      for (const person of ['one', 'two']) for (const one of [number, since]) void on(one, row(person))
      expect(asked).toHaveLength(4)
    }
  })
})

test('a row of several people is asked about every time', () => {
  const { asked, on } = judgeOf(kind())
  for (const one of [number, number]) void on(one, row('one', 'two'))
  expect(asked).toEqual(['one+two Card.number', 'one+two Card.number'])
})

test('what is noted of many rows is one note a person and verdict, with all its fields', () => {
  const { told, on } = judgeOf(kind())
  for (const one of [since, number, since]) void on(one, row('one'))
  void on(note, row('one'), null)
  expect(told()).toEqual([['one', 'Card.number', 'Card.since', false]])
})

test('that a row is there is noted apart, and not of the caller’s own', () => {
  const { told, on } = judgeOf(kind())
  for (const person of ['one', 'self']) void on(number, row(person), 'TOLD')
  expect(told()).toEqual([['one', 'Card.number', true]])
})
