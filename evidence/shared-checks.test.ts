import { expect, test } from 'vitest'
import { textFromLine } from './export-lines.ts'
import { leafHash } from './merkle/hashes.ts'
import { createSharedChecks } from './shared-checks.ts'
import { statementOf } from './stored-record.ts'

const writers = ['population/00000000-0000-4000-8000-000000000000']
/** The line of a record as a writer makes it, unsigned: these checks ask nobody's signature. */
const textOf = (counter: number): string => {
  const id = `030${counter.toString(16).padStart(5, '0')}-0000-8000-8000-000000000000`
  const place = { record: id, writer: writers[0]!, counter, previous: null }
  const { at } = statementOf({ ...place, leaf: '', signature: '', body: null, entries: [] })
  const body = JSON.stringify({ at, counter, entries: [], id, writer: writers[0] })
  const signed = { leaf: leafHash(body).toString('base64url'), signature: 'A'.repeat(86) }
  return textFromLine({ kind: 'leaf', ...place, ...signed, body, entries: [] }, () => 1)
}
const texts = Array.from({ length: 2_400 }, (_, index) => textOf(index + 1))

/** Leaves whose faults were found, by so many threads, with these texts in place of some. */
async function found(threads: number, changed: Readonly<Record<number, string>>): Promise<(number | undefined)[]> {
  const checks = createSharedChecks(threads)
  texts.forEach((text, leaf) => checks.add({ text: changed[leaf] ?? text, line: leaf + 2, leaf }, writers))
  const faults = await checks.end()
  return faults.map(({ fault }) => fault.leaf).toSorted((a = 0, b = 0) => a - b)
}

test.each([0, 1, 2])('with %i threads beside this one every changed record is found, and no other', async (threads) => {
  const changed = Object.fromEntries(
    [3, 700, 1_999, 2_399].map((leaf) => [leaf, texts[leaf]!.replace('"entries":[]', '"entries":[""]')]),
  )
  expect(await found(threads, {})).toEqual([])
  expect(await found(threads, changed)).toEqual([3, 700, 1_999, 2_399])
})

test('a thread that fails leaves nothing unchecked in silence', async () => {
  await expect(found(1, { 3: 'no leaf' })).rejects.toThrow('no leaf')
})
