import { expect, test } from 'vitest'
import { absentRow, createRowFinder, type ChildQuery } from './find-rows.ts'
import type { Session } from './session.ts'
import type { Table } from './types.ts'

const table: Table = { type: 'Thing', from: 'thing', key: 'id', keyType: 'text', columns: {} }
const query = (by: string): ChildQuery => ({
  table,
  child: { by, parentType: 'text', paged: false, placed: false },
  limit: 10_000,
  after: null,
  places: [],
})

/** A database that has as many rows below each parent as a statement takes; `taken` are the rows it was made to read. */
function endless(): { session: Session; taken: number[] } {
  const taken: number[] = []
  const session = {
    rows: <T>(_text: string, [parents, each, most]: readonly unknown[]): Promise<T[]> => {
      const wanted = (parents as string[]).flatMap((parent) => Array.from({ length: Number(each) }, () => parent))
      const rows = wanted.slice(0, Number(most)).map((parent, index) => {
        return { parent, key: `${parent}-${index}`, persons: [], place: [], at: null }
      })
      taken.push(rows.length)
      return Promise.resolve(rows as T[])
    },
    close: () => Promise.resolve(),
    end: () => Promise.resolve(),
  }
  return { session, taken }
}
const parents = Array.from({ length: 34 }, (_, index) => absentRow(table, String(index)))
const tooMany = { extensions: expect.objectContaining({ code: 'QUERY_TOO_COMPLEX' }) as unknown }

test('too many rows are refused before they are read, not after', async () => {
  const { session, taken } = endless()
  const find = createRowFinder(session)
  const all = parents.map((parent) => find.byParent(query('a'), parent))
  for (const one of await Promise.allSettled(all)) expect(one).toMatchObject({ status: 'rejected', reason: tooMany })
  expect(taken).toEqual([10_001])
  expect(find.isExhausted()).toBe(true)
})

test('lists that are read at once share what is left, and nothing is read when nothing is', async () => {
  const { session, taken } = endless()
  const find = createRowFinder(session)
  const [parent = absentRow(table, '0')] = parents
  const lists = ['a', 'b', 'c'].map((by) => find.byParent({ ...query(by), limit: 6000 }, parent))
  expect((await Promise.allSettled(lists)).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected'])
  expect(taken).toEqual([6000, 4001])
})

test('a list that is reached again is counted again, without another statement', async () => {
  const { session, taken } = endless()
  const find = createRowFinder(session)
  const [parent = absentRow(table, '0')] = parents
  const list = { ...query('a'), limit: 4000 }
  expect(await find.byParent(list, parent)).toHaveLength(4000)
  expect(await find.byParent(list, parent)).toHaveLength(4000)
  await expect(find.byParent(list, parent)).rejects.toMatchObject(tooMany)
  expect(taken).toEqual([4000])
})
