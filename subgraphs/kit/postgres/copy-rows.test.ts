import fc from 'fast-check'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { type CopyValue, copyRows } from './copy-rows.ts'

const client = new Client(inject('superuser'))
beforeAll(async () => {
  await client.connect()
  await client.query(
    'create temporary table copied (line int, "Odd Name" text, list text[], amount numeric, flag boolean, day date)',
  )
})
afterAll(() => client.end())

const columns = ['line', 'Odd Name', 'list', 'amount', 'flag', 'day']

async function copied(): Promise<unknown[][]> {
  const { rows } = await client.query({
    text: 'select line, "Odd Name", list, amount::float8, flag, day::text from copied order by line',
    rowMode: 'array',
  })
  return rows
}

test('what was copied is what is read, whatever characters it holds', async () => {
  const text = fc
    .string({ unit: 'binary', maxLength: 12 })
    .filter((value) => !value.includes('\0') && value.isWellFormed())
  const tricky = fc.constantFrom(
    '\\N',
    '\\.',
    '\\',
    '\t',
    '\n',
    '\r\n',
    '',
    'NULL',
    '{}',
    '{a,b}',
    '"',
    ',',
    'Đỗ Thị Ánh',
  )
  const cell = fc.oneof(text, tricky)
  const row = fc.tuple(
    fc.option(cell),
    fc.option(fc.array(cell, { maxLength: 4 })),
    fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })),
    fc.option(fc.boolean()),
    fc.option(fc.constantFrom('1958-02-28', '2022-03-05')),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 20 }), async (rows) => {
      const numbered: CopyValue[][] = rows.map((cells, index) => [index, ...cells])
      await client.query('truncate copied')
      expect(await copyRows(client, 'copied', columns, numbered)).toBe(rows.length)
      // PostgreSQL keeps no negative zero in a numeric.
      expect(await copied()).toEqual(numbered.map((cells) => cells.map((value) => (Object.is(value, -0) ? 0 : value))))
    }),
    { numRuns: 60 },
  )
})

test('rows that outgrow a chunk arrive whole, and are read only as fast as they are taken', async () => {
  let read = 0
  function* many(): Generator<CopyValue[]> {
    for (; read < 20_000; read += 1) yield [read, 'x'.repeat(100), null, null, null, null]
  }
  await client.query('truncate copied')
  expect(await copyRows(client, 'copied', columns, many())).toBe(20_000)
  const { rows } = await client.query(
    'select count(distinct line)::int as lines, sum(length("Odd Name"))::int as length from copied',
  )
  expect(rows).toEqual([{ lines: 20_000, length: 2_000_000 }])
})

test('a row of another width, or a value without a text form, refuses the whole copy and leaves the client usable', async () => {
  await client.query('truncate copied')
  const bad: CopyValue[][] = [
    [2, 'short'],
    [2, 'a\0b', null, null, null, null],
    [2, 'x', null, Number.NaN, null, null],
  ]
  for (const row of bad) {
    const rows = [[1, 'fine', null, null, null, null], row]
    await expect(copyRows(client, 'copied', columns, rows)).rejects.toThrow(RangeError)
    expect(await copied()).toEqual([])
  }
})

test('a row that the table refuses rejects with the reason', async () => {
  const rows = [[1, 'x', null, null, null, '2022-02-30']]
  await expect(copyRows(client, 'copied', columns, rows)).rejects.toThrow('out of range')
  expect(await copied()).toEqual([])
})
