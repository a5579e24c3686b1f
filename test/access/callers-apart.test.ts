import { randomInt } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadPersonas } from '../../synthetic/personas.ts'
import { callerOf } from '../golden/golden-case.ts'
import { openWholeGraph, type Answer, type Question, type WholeGraph } from '../support/whole-graph.ts'
import { loadAskers, mayOpen } from './askers.ts'
import { createSentFields } from './sent-fields.ts'

const sentFields = createSentFields()
const query = `{
  citizen(personalId: "901085000101") {
    id fullName religion phoneNumber maritalStatus
    healthRecord { bloodType hivStatus }
    landRights(first: 2) { nodes { right transactionPrice } }
    socialInsurance { totalMonths participations(first: 1) { nodes { salaryBase } } }
    insuranceCards { cardNo }
    consents(first: 1) { nodes { state } }
  }
  landParcel(parcelId: "00004_12_345") { areaM2 address rights { right holder { fullName } } }
}`

type Stated = Omit<Question, 'query'>
const askers = loadAskers()
/** All personas, and the doctor, the officer and the bank once more without what lets them in. */
const callers: Stated[] = [
  ...askers.map(({ stated }) => stated),
  { as: 'doctor', purpose: 'TREATMENT' },
  { as: 'commune-officer', purpose: 'CIVIL_STATUS' },
  { as: 'bank' },
  { as: callerOf({ persona: 'land-officer', jurisdiction: ['79'] }), purpose: 'LAND_REGISTRATION' },
  { as: callerOf({ citizen: '901085000101', authn_level: 2 }) },
]

let graph: WholeGraph
beforeAll(async () => {
  graph = await openWholeGraph()
}, 120_000)
afterAll(() => graph.close())

/** All of an answer but the request's own id; what comes from several databases in the order of its text. */
function told({ body, requestId, fetches }: Answer): string {
  const { data, errors = [], extensions } = body
  const lists = [errors, extensions?.masked ?? [], fetches].map((list) =>
    list.map((one) => JSON.stringify(one)).toSorted(),
  )
  return JSON.stringify([data, ...lists]).replaceAll(requestId, 'request')
}

describe('callers who ask the same of the same process', () => {
  test('are told apart, whoever asked before', async () => {
    const first: string[] = []
    for (const caller of callers) first.push(told(await graph.ask({ ...caller, query })))
    expect(new Set(first).size).toBeGreaterThan(10)
    for (const [index, caller] of [...callers.entries()].toReversed())
      expect(told(await graph.ask({ ...caller, query })), JSON.stringify(caller)).toBe(first[index])
  }, 60_000)

  test('are told apart among five hundred at once', async () => {
    const alone: string[] = []
    for (const caller of callers) alone.push(told(await graph.ask({ ...caller, query })))
    const crowd = Array.from({ length: 500 }, () => randomInt(callers.length))
    const waiting = crowd.values()
    // Fifty in flight at any time: more would wait for a connection longer than an answer may take.
    const askOn = async () => {
      for (const index of waiting) {
        const caller = callers[index] ?? { as: 'nobody' }
        expect(told(await graph.ask({ ...caller, query })), JSON.stringify(caller)).toBe(alone[index])
      }
    }
    await Promise.all(Array.from({ length: 50 }, askOn))
  }, 120_000)

  test.each(askers)('never share a plan: $name has nothing sent that it may not read', async (asker) => {
    const { fetches } = await graph.ask({ ...asker.stated, query })
    const sent = fetches.flatMap(sentFields).filter((coordinate) => coordinate !== 'Query.citizen')
    expect(sent.filter((coordinate) => !mayOpen(asker, coordinate))).toEqual([])
  })
})

const everyPurpose = [...new Set(loadPersonas().flatMap(({ purposes }) => purposes)), 'CURIOSITY', 'credit_assessment']

describe('a purpose', () => {
  test.each(loadPersonas())(
    'that is not among those of $persona opens nothing',
    async ({ persona, purposes, cases }) => {
      for (const purpose of everyPurpose.filter((one) => !purposes.includes(one))) {
        const { body, fetches } = await graph.ask({ as: persona, purpose, case: cases[0]?.number, query })
        expect(body.data, purpose).toBeUndefined()
        expect(body.errors?.map(({ extensions }) => extensions?.['code'])).toEqual(['PURPOSE_NOT_ALLOWED'])
        expect(fetches).toEqual([])
      }
    },
  )
})
