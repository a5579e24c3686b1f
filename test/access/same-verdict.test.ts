import { readFileSync } from 'node:fs'
import { buildSchema } from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadPersonas } from '../../synthetic/personas.ts'
import { callerOf } from '../golden/golden-case.ts'
import { openWholeGraph, type Answer, type Question, type WholeGraph } from '../support/whole-graph.ts'
import { verdictsIn, type Verdicts } from './verdicts.ts'
import { coordinatesOf, waysOf, type Way } from './ways.ts'
import { nodeTypes, wholeFragments, withFragments } from './whole-fragments.ts'

const schema = buildSchema(readFileSync(new URL('../../schema/api.graphql', import.meta.url), 'utf8'))
const fragments = wholeFragments(schema)
/** A third of the fields each: by one way and asker one third, the next by the next, all against the whole. */
const thirds = [0, 1, 2].map((third) => wholeFragments(schema, third))
const nodes = new Set(nodeTypes(schema).map(({ name }) => name))
const ways = waysOf(schema, nodes, [
  { root: 'me', arguments: '', longest: 5 },
  { root: 'citizen', arguments: '(personalId: "901085000101")', longest: 4 },
  { root: 'citizen', arguments: '(personalId: "901322000104")', longest: 3 },
  { root: 'citizen', arguments: '(personalId: "944217000230")', longest: 4 },
  { root: 'landParcel', arguments: '(parcelId: "00004_12_345")', longest: 5 },
  { root: 'landParcels', arguments: '(communeCode: "00004", first: 3)', longest: 3 },
  {
    root: 'searchCitizens',
    arguments: '(name: "Nguyễn Văn An", dateOfBirth: "1985", communeCode: "00004")',
    longest: 3,
  },
  { root: 'consentRequests', arguments: '(first: 3)', longest: 3 },
  { root: 'approvalRequests', arguments: '(first: 3)', longest: 3 },
  { root: 'emergencies', arguments: '(first: 3)', longest: 3 },
  { root: 'disclosures', arguments: '(first: 3)', longest: 3 },
  { root: 'anomalies', arguments: '(kind: OWN_RELATIVE)', longest: 2 },
])

type Asker = Omit<Question, 'query'>
/** A guardian who cares for a poor child stands at ways that no persona can go. */
const guardian: Asker = { as: callerOf({ citizen: '944158000231' }) }
const askers = [
  ...loadPersonas().map(({ persona, purposes, cases }) => ({
    name: persona,
    asker: { as: persona, purpose: purposes[0], case: cases[0]?.number },
  })),
  { name: 'a guardian', asker: guardian },
].map((one, index) => ({ ...one, index }))

let graph: WholeGraph
beforeAll(async () => {
  graph = await openWholeGraph()
  // What the seed has none of, for it lasts hours: an approval that is asked for, and an emergency.
  for (const { persona, purposes, allowed } of loadPersonas()) {
    if (!['land-registrar', 'emergency-doctor'].includes(persona)) continue
    const query = (allowed ?? '').replace('901187000102', '901085000101')
    const { body } = await graph.ask({ as: persona, purpose: purposes[0], query })
    if (body.errors !== undefined) throw new Error(body.errors[0]?.message)
  }
  // An officer who looks up a relative: what the reviewer is shown leads to records.
  const query = '{ citizen(personalId: "901187000102") { sex } }'
  await graph.ask({ as: 'commune-officer', purpose: 'CIVIL_STATUS', query })
}, 120_000)
afterAll(() => graph.close())

/** Coordinates that led anybody to anything: a way that nobody can go proves nothing. */
const gone = new Set<string>()

describe('an object with a sealed id', () => {
  test.each(askers)(
    'says the same to $name by every way to it',
    async ({ asker, index }) => {
      const found: Verdicts[] = []
      for (const [position, batch] of inBatches(ways, 12).entries()) {
        for (const [way, verdicts] of await foundBy(batch, asker, thirds[(index + position) % 3] ?? fragments)) {
          gone.add(way.coordinate)
          found.push({ ...verdicts, path: way.text })
        }
      }
      await expectSameById(found, asker)
    },
    120_000,
  )

  test('is reached by every field that gives one', () => {
    expect(coordinatesOf(schema, nodes).filter((coordinate) => !gone.has(coordinate))).toEqual([])
  })

  test('says the same in the payload of a mutation', async () => {
    const asker = { as: callerOf({ citizen: '901186000106' }) }
    const own = await graph.ask({ ...asker, query: '{ me { consents(first: 1) { nodes { __typename id } } } }' })
    // Withdrawn already: withdrawing it again changes nothing.
    const query =
      'mutation ($id: ID!) { withdrawConsent(input: { consentId: $id }) { consent { ...Consent person: subject { ...Citizen } } } }'
    const variables = { id: verdictsIn(own)[0]?.id }
    const found = verdictsIn(await graph.ask({ ...asker, query: withFragments(query, fragments), variables }))
    expect(found.map(({ type }) => type).toSorted()).toEqual(['Citizen', 'Consent'])
    await expectSameById(found, asker)
  })
})

async function expectSameById(found: readonly Verdicts[], asker: Asker): Promise<void> {
  for (const ids of inBatches([...new Set(found.map(({ id }) => id))], 8)) {
    for (const reference of await byId(ids, asker)) {
      for (const { fields, path } of found.filter(({ id }) => id === reference.id)) {
        // A proof is there once the next tree head is: it may come between one question and the next.
        // A record is given its place in the tree a little after it was written.
        const isBoth = ([name]: [string, string]) =>
          name !== 'proof' && name !== 'leafIndex' && Object.hasOwn(fields, name)
        const expected = Object.fromEntries(Object.entries(reference.fields).filter(isBoth))
        expect(fields, `${path}\nagainst node(id:)`).toMatchObject(expected)
      }
    }
  }
}

/** What was found by several ways at once; by fewer where they are too much for one query. */
async function foundBy(
  batch: readonly Way[],
  asker: Asker,
  asked: ReadonlyMap<string, string>,
): Promise<[Way, Verdicts][]> {
  const text = `{ ${batch.map(({ text: way }, index) => `w${index}: ${way}`).join(' ')} }`
  const answer = await graph.ask({ ...asker, query: withFragments(text, asked) })
  if (answer.body.errors?.[0]?.extensions?.['code'] === 'QUERY_TOO_COMPLEX' && batch.length > 1) {
    const half = Math.ceil(batch.length / 2)
    return [...(await foundBy(batch.slice(0, half), asker, asked)), ...(await foundBy(batch.slice(half), asker, asked))]
  }
  return found(answer).flatMap((verdicts): [Way, Verdicts][] => {
    const way = batch[Number(/^w(\d+)/.exec(verdicts.path)?.[1])]
    return way === undefined ? [] : [[way, verdicts]]
  })
}

async function byId(ids: readonly string[], asker: Asker): Promise<Verdicts[]> {
  const text = `query (${ids.map((_, index) => `$i${index}: ID!`).join(' ')}) { ${ids
    .map((id, index) => `n${index}: node(id: $i${index}) { ...${id.slice(0, id.indexOf('.'))} }`)
    .join(' ')} }`
  const variables = Object.fromEntries(ids.map((id, index) => [`i${index}`, id]))
  const all = found(await graph.ask({ ...asker, query: withFragments(text, fragments), variables }))
  expect(all.map(({ id }) => id).toSorted()).toEqual([...ids].toSorted())
  return all
}

/** Throws where the query itself was refused: then nothing was compared. */
function found(answer: Answer): Verdicts[] {
  if (answer.body.data === undefined) throw new Error(answer.body.errors?.[0]?.message)
  return verdictsIn(answer)
}

function inBatches<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size))
}
