import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nobody } from '../../identity/principal.ts'
import { createCursors } from './cursor.ts'
import { absentRow } from './find-rows.ts'
import { fullPage, type Page } from './full-page.ts'
import { createSealedIds } from './sealed-ids.ts'
import type { Gate, Row, Table } from './types.ts'

const table: Table = { type: 'Thing', from: 'thing', key: 'id', keyType: 'text', columns: {} }
const ids = createSealedIds([{ id: 'k', secret: new Uint8Array(64).fill(1) }])
const gate = {
  cursors: (coordinate: string, args: Readonly<Record<string, unknown>>) =>
    createCursors(ids, nobody, coordinate, args),
} as Gate

/** A list of so many rows, of which the caller may know those at the given positions. */
function listOf(known: readonly boolean[]) {
  const rows = known.map((_, index): Row => absentRow(table, String(index).padStart(5, '0')))
  const statements: number[] = []
  const page = (first: number, after: string | null = null): Promise<Page> =>
    fullPage(
      {
        coordinate: 'Query.things',
        args: { first, after },
        read: (last, limit) => {
          statements.push(limit)
          return Promise.resolve(rows.filter(({ key }) => last === null || key > last).slice(0, limit))
        },
        isKnown: ({ key }) => Promise.resolve(known[Number(key)] ?? false),
      },
      { gate },
    )
  return { page, statements }
}

async function allPages(known: readonly boolean[], size: number): Promise<Page[]> {
  const { page } = listOf(known)
  const pages = [await page(size)]
  for (let last = pages[0]; last?.pageInfo['hasNextPage'] === true; last = pages.at(-1))
    pages.push(await page(size, String(last.pageInfo['endCursor'])))
  return pages
}

const keysOf = (pages: readonly Page[]) => pages.flatMap(({ nodes }) => nodes.map(({ key }) => Number(key)))

describe('a page', () => {
  test('is full while there is more to know, and tells of nothing else', async () => {
    const lists = fc.array(fc.boolean(), { maxLength: 60 })
    await fc.assert(
      fc.asyncProperty(lists, fc.integer({ min: 1, max: 7 }), async (known, size) => {
        const pages = await allPages(known, size)
        expect(keysOf(pages)).toEqual(known.flatMap((isKnown, index) => (isKnown ? [index] : [])))
        expect(pages.slice(0, -1).map(({ nodes }) => nodes.length)).toEqual(pages.slice(1).map(() => size))
        expect(pages.length).toBe(Math.max(1, Math.ceil(known.filter(Boolean).length / size)))
      }),
    )
  })

  test('is the same with rows passed over and without them', async () => {
    const shown = (pages: readonly Page[]) =>
      pages.map(({ nodes, pageInfo }) => [nodes.length, pageInfo['hasNextPage']])
    const between = [true, false, false, true, false, true, false, false, false]
    expect(shown(await allPages(between, 2))).toEqual(shown(await allPages([true, true, true], 2)))
  })

  test('takes one statement where nothing is passed over', async () => {
    const { page, statements } = listOf(Array.from({ length: 50 }, () => true))
    await page(20)
    expect(statements).toEqual([21])
  })
})
