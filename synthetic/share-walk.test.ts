import { expect, test } from 'vitest'
import { collected } from '../test/support/collected.ts'
import { createPopulation } from './population.ts'
import { shareWalk } from './share-walk.ts'
import type { Reader } from './share-walk.ts'
import type { Person, Population } from './types.ts'

const people = [...createPopulation({ seed: 1, size: 100 }).persons()]
const sizes = { block: 10, window: 2 }

/** A population that tells how many people were generated, in all walks. */
function counted(): { generated: () => number; population: Population } {
  let generated = 0
  function* persons(): Generator<Person> {
    for (const person of people) {
      generated += 1
      yield person
    }
  }
  return { generated: () => generated, population: { seed: 1, size: 100, asOf: '2026-11-01', persons } }
}

function twoReaders(population: Population): { first: Reader; second: Reader } {
  const [first, second] = shareWalk(population, 2, sizes)
  if (first === undefined || second === undefined) throw new Error('not two readers')
  return { first, second }
}

test('every reader walks the same people, who are generated once', async () => {
  const { generated, population } = counted()
  const walks = await Promise.all(shareWalk(population, 3, sizes).map(({ persons }) => collected(persons())))
  expect(walks).toEqual([people, people, people])
  expect(generated()).toBe(100)
})

test('nobody gets further ahead of the slowest than the window, until that one leaves', async () => {
  const { generated, population } = counted()
  const { first, second } = twoReaders(population)
  const all = collected(first.persons())
  // Longer than all of them together could take.
  for (let turn = 0; turn < 1000; turn++) await Promise.resolve()
  expect(generated()).toBe(sizes.block * sizes.window)
  second.leave()
  expect(await all).toEqual(people)
})

test('a reader that breaks off is waited for no more, and begins anew alone', async () => {
  const { generated, population } = counted()
  const { first, second } = twoReaders(population)
  for await (const person of first.persons()) if (person === people[3]) break
  expect(await collected(second.persons())).toEqual(people)
  expect(await collected(first.persons())).toEqual(people)
  expect(generated()).toBe(200)
})
