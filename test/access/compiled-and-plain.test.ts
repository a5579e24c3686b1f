import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { buildSchema } from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fillStatistics } from '../support/fill-statistics.ts'
import { type Answer, openWholeGraph, type Question, type WholeGraph } from '../support/whole-graph.ts'
import { workloads } from '../bench/workloads.ts'
import { arbitraryOperation } from './arbitrary-operation.ts'
import { loadAskers } from './askers.ts'

/** What is compiled says what graphql's and Apollo's own executors say, and leaves the same lines. */
const schema = buildSchema(readFileSync(new URL('../../schema/api.graphql', import.meta.url), 'utf8'))
const people = ['901085000101', '901187000102', '901190000103', '901322000104', '901214000105', '999999999999']
const operations = arbitraryOperation(schema, ['me', 'citizen', 'landParcel', 'searchCitizens', 'province'], {
  personalId: people,
  parcelId: ['00004_12_345'],
  code: ['01', '00004'],
  name: ['Nguyễn Văn An'],
  dateOfBirth: ['1985'],
})
  // What tells of the log tells of the question before.
  .filter((query) => !/accessHistory/.test(query))

/** What speaks of nobody: units, code lists and figures, and who asks what is none. */
const ofNobody = arbitraryOperation(
  schema,
  ['provinces', 'nation', 'nationByMonth', 'statistics', 'icdChapters', 'formerProvinces', 'formerCommune', 'communes'],
  {
    code: ['00004', '00001', '99999'],
    provinceCode: ['01', '99'],
    units: ['01', 'VN', '00004', '00001', '99'],
    month: ['2026-11', '2026-10', '2099-01'],
    from: ['2026-09', '2026-12'],
    to: ['2026-11', '2099-01'],
  },
  3,
)

let compiled: WholeGraph
let plain: WholeGraph
beforeAll(async () => {
  compiled = await openWholeGraph()
  plain = await openWholeGraph(undefined, { beside: compiled, isPlain: true })
  await fillStatistics(compiled.databases)
}, 120_000)
afterAll(async () => {
  await plain.close()
  await compiled.close()
})

const asText = ({ body, requestId }: Answer): string => JSON.stringify(body).replaceAll(requestId, 'REQUEST')

async function expectSame(question: Question): Promise<void> {
  // Apollo answers the first time; from then on its plan is known.
  const answers = [await plain.ask(question), await compiled.ask(question), await compiled.ask(question)] as const
  const [expected, ...others] = answers.map(asText)
  expect(others).toEqual([expected, expected])
  const [lines, ...otherLines] = [
    await plain.entriesOf(answers[0].requestId),
    await compiled.entriesOf(answers[1].requestId),
    await compiled.entriesOf(answers[2].requestId),
  ]
  expect(otherLines).toEqual([lines, lines])
}

describe.each(loadAskers())('whatever $name asks', (asker) => {
  test('the answer, its errors and the log are the same, compiled and plain', async () => {
    await fc.assert(
      fc.asyncProperty(operations, (query) => expectSame({ ...asker.stated, query })),
      { numRuns: 15 },
    )
  }, 60_000)

  test('of units, code lists and figures too', async () => {
    await fc.assert(
      fc.asyncProperty(ofNobody, (query) => expectSame({ ...asker.stated, query })),
      { numRuns: 6 },
    )
  }, 60_000)

  test.each(workloads.map(({ name }) => name))('as for the form %s of the measurement', async (name) => {
    const { query, variables } = workloads.find((one) => one.name === name) ?? { query: '', variables: () => ({}) }
    const all = Array.from({ length: 50 }, (_, index) => people[index % people.length] ?? '')
    await expectSame({ ...asker.stated, query, variables: variables(all) })
  })
})

test('askers who ask at the same time are answered as one after the other', async () => {
  const questions = loadAskers().flatMap((asker) =>
    workloads
      .filter(({ name }) => name === 'W1' || name === 'W4')
      .flatMap(({ query, variables }) =>
        people.map((person) => ({ ...asker.stated, query, variables: variables([person]) })),
      ),
  )
  const together = await Promise.all(questions.map((question) => compiled.ask(question)))
  for (const [index, question] of questions.entries()) {
    const alone = await plain.ask(question)
    const answer = together[index] as Answer
    expect(asText(answer)).toEqual(asText(alone))
    expect(await compiled.entriesOf(answer.requestId)).toEqual(await plain.entriesOf(alone.requestId))
  }
}, 120_000)
