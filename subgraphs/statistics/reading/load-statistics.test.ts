import type { Pool } from 'pg'
import { expect, test } from 'vitest'
import { readerOf } from './load-statistics.ts'

/** A store whose versions are these, one a question, and the last from then on. */
function storeOf(...versions: string[]) {
  const asked: string[] = []
  const version = () => (versions.length > 1 ? versions.shift() : versions[0])
  const rowsOf = (text: string) => {
    if (text.startsWith('select version')) return [{ version: version() }]
    return text.includes('left join') ? [{ version: version(), unit: null, month: null }] : []
  }
  const query = ({ text }: { text: string }) => {
    asked.push(text.includes('left join') ? 'cells' : text.startsWith('select version') ? 'version' : 'state')
    return Promise.resolve({ rows: rowsOf(text) })
  }
  const client = {
    query: (of: string | { text: string }) => query(typeof of === 'string' ? { text: of } : of),
    release: () => undefined,
  }
  const pool = { query, connect: () => Promise.resolve(client) } as unknown as Pool
  const reader = () => readerOf({ services: { pool, clock: () => new Date('2026-11-15T00:00:00Z') } })
  return { reader, asked }
}

const cellsRead = (asked: readonly string[]) => asked.filter((one) => one === 'cells').length

test('what was read of a unit and month is not read again while the version stands', async () => {
  const { reader, asked } = storeOf('1')
  const [first] = await reader().load(['01', '04'], ['2026-11'])
  const [again, other] = await reader().load(['01', '08'], ['2026-11'])
  expect(again).toBe(first)
  expect(other).toMatchObject({ unit: '08', month: '2026-11' })
  expect(cellsRead(asked)).toBe(2)
  await reader().load(['08', '04'], ['2026-11'])
  expect(cellsRead(asked)).toBe(2)
})

test('cells of another version than the rest of the answer are not taken: all is read anew', async () => {
  // The version of the request, of its state, of its cells; then of the second try.
  const { reader, asked } = storeOf('1', '1', '2')
  expect(await reader().load(['01'], ['2026-11'])).toMatchObject([{ unit: '01' }])
  expect(cellsRead(asked)).toBe(2)
})

test('a store that is never twice the same is not answered from', async () => {
  const { reader } = storeOf(...Array.from({ length: 50 }, (_, n) => `${n}`))
  await expect(reader().load(['01'], ['2026-11'])).rejects.toMatchObject({
    extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
  })
})

test('more units and months than a request may have are refused, known or not', async () => {
  const { reader } = storeOf('1')
  const units = Array.from({ length: 2001 }, (_, n) => `${n}`)
  await expect(reader().load(units, ['2026-10', '2026-11'])).rejects.toMatchObject({
    extensions: { code: 'QUERY_TOO_COMPLEX' },
  })
  const repeated = reader()
  await repeated.load(units, ['2026-11'])
  await repeated.load(units, ['2026-11'])
  await expect(repeated.load(units, ['2026-10'])).rejects.toThrow()
})
