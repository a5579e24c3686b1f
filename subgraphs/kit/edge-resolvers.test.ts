import { expect, test } from 'vitest'
import { nobody } from '../../identity/principal.ts'
import { createCursors } from './cursor.ts'
import { childPage } from './edge-resolvers.ts'
import { absentRow, type ChildQuery } from './find-rows.ts'
import type { DecideOptions } from './gate.ts'
import type { RequestContext } from './request-context.ts'
import { createSealedIds } from './sealed-ids.ts'
import type { Row, Table } from './types.ts'

const table: Table = { type: 'Thing', from: 'thing', key: 'id', keyType: 'text', columns: {} }
const rows = ['a', 'b', 'c', 'd', 'e', 'f'].map((key): Row => ({ ...absentRow(table, key), exists: true }))
const ids = createSealedIds([{ id: 'k', secret: new Uint8Array(64).fill(1) }])

test('a page below a parent passes over what the caller may not know of, and records what it shows', async () => {
  const recorded: string[] = []
  const find = {
    byParent: ({ limit, after }: ChildQuery) =>
      Promise.resolve(rows.filter(({ key }) => after === null || key > after).slice(0, limit)),
  }
  const decide = ({ key }: Row, _coordinate: string, { isSilent }: DecideOptions) => {
    if (!isSilent) recorded.push(key)
    return Promise.resolve({ outcome: 'adf'.includes(key) ? 'ALLOW' : 'DENY' })
  }
  const gate = {
    find,
    decide,
    cursors: (coordinate: string, args: Record<string, unknown>) => createCursors(ids, nobody, coordinate, args),
  }
  const context = { gate, principal: nobody, isOpen: () => false } as unknown as RequestContext
  const edge = { kind: 'connection', table, by: 'owner' } as const
  const parent: Row = { ...absentRow(table, 'p'), exists: true }
  const page = (first: number) => childPage(edge, 'Query.things', parent, { first }, context)

  const two = await page(2)
  expect(two.nodes.map(({ key }) => key)).toEqual(['a', 'd'])
  expect(two.pageInfo).toMatchObject({ hasNextPage: true })
  expect(recorded).toEqual(['a', 'd'])
  const three = await page(3)
  expect(three.nodes.map(({ key }) => key)).toEqual(['a', 'd', 'f'])
  expect(three.pageInfo).toMatchObject({ hasNextPage: false })
})
