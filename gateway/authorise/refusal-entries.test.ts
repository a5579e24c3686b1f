import { buildSchema, Kind, parse, type OperationDefinitionNode } from 'graphql'
import { beforeAll, expect, test } from 'vitest'
import { nobody } from '../../identity/principal.ts'
import type { Decision, Principal } from '../../policy/types.ts'
import { loadGraph } from '../../schema/load-graph.ts'
import { createSupergraph } from '../supergraph.ts'
import { cutOperation } from '../../policy/operation/cut-operation.ts'
import { namedPersons } from './named-persons.ts'
import { refusalEntries } from './refusal-entries.ts'
import { restoreNulls } from '../../policy/operation/restore-nulls.ts'
import { createSamePerson } from '../../policy/operation/same-person.ts'
import { rootFieldsOf } from '../../policy/operation/written-out.ts'

const graph = loadGraph()
let schema = buildSchema('type Query { none: ID }')
beforeAll(async () => {
  const gateway = createSupergraph(
    graph.supergraphSdl,
    () => neverAsked,
    (inner) => inner,
  )
  gateway.onSchemaLoadOrUpdate(({ apiSchema }) => (schema = apiSchema))
  await gateway.load({ apollo: {} })
  await gateway.stop()
})
const neverAsked = { process: () => Promise.reject(new Error('asked')) }
const caller: Principal = { ...nobody, personalId: '901085000101', audience: 'me' }
const openPerson = (id: string, audience: string) =>
  id === 'Citizen.k.sealed' && audience === 'me' ? '901187000102' : null

const verdict = (outcome: 'ALLOW' | 'DENY', failed: Decision['failed']): Decision => ({
  outcome,
  conditional: false,
  level: 'L3',
  rule: 'r',
  basis: null,
  citation: 'c',
  proposal: false,
  code: outcome === 'ALLOW' ? null : 'CLASSIFICATION_DENIED',
  failed,
})

/** The subjects of the lines for what is cut where these coordinates are denied and the subgraphs answer `data`. */
function subjectsOf(...asked: Parameters<typeof entriesOf>) {
  return entriesOf(...asked).map(({ subject }) => subject)
}

function entriesOf(query: string, denied: readonly string[], data: Record<string, unknown>, variables = {}) {
  const document = parse(query)
  const operation = document.definitions.find(
    (one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION,
  ) as OperationDefinitionNode
  const decide = (coordinate: string) =>
    verdict(denied.includes(coordinate) ? 'DENY' : 'ALLOW', denied.includes(coordinate) ? 'caller' : null)
  const isSamePerson = createSamePerson(schema, graph.subjects)
  const cut = cutOperation(schema, document, operation, { signature: '', decide }, graph.arguments, isSamePerson)
  const { places } = restoreNulls(cut.shape, data, variables)
  const roots = rootFieldsOf(schema, document, operation)
  const deps = { arguments: graph.arguments, openPerson }
  const named = namedPersons(schema, operation.operation, roots, variables, caller, deps)
  return refusalEntries(places, named, caller)
}

test.each([
  '{ citizen(personalId: "901187000102") { religion } }',
  'query($n: PersonalId!) { citizen(personalId: $n) { religion } }',
  '{ ...F } fragment F on Query { citizen(personalId: "901187000102") { religion } }',
  '{ ... { ... on Query { citizen(personalId: "901187000102") { religion } } } }',
])('a refusal names whom it was about: %s', (query) => {
  expect(subjectsOf(query, ['Citizen.religion'], { citizen: {} }, { n: '901187000102' })).toEqual(['901187000102'])
})

test('a refusal by a sealed id names the citizen behind it, one by somebody else’s id nobody', () => {
  const query = 'query ($id: ID!) { node(id: $id) { ... on Citizen { religion } } }'
  const data = { node: { authoriseTypename: 'Citizen' } }
  expect(subjectsOf(query, ['Citizen.religion'], data, { id: 'Citizen.k.sealed' })).toEqual(['901187000102'])
  expect(subjectsOf(query, ['Citizen.religion'], data, { id: 'Citizen.k.other' })).toEqual([null])
})

test('a lookup that is refused as a whole names whom it asked for, a change too', () => {
  expect(subjectsOf('{ citizen(personalId: "901187000102") { id } }', ['Query.citizen'], {})).toEqual(['901187000102'])
  const change = 'mutation ($s: PersonalId!) { requestConsent(input: { subject: $s }) { __typename } }'
  expect(subjectsOf(change, ['Mutation.requestConsent'], {}, { s: '901187000102' })).toEqual(['901187000102'])
  const cases = 'mutation ($i: RegisterCaseInput!) { registerCase(input: $i) { __typename } }'
  const input = { subjects: ['901187000102', '901190000103'] }
  expect(subjectsOf(cases, ['Mutation.registerCase'], {}, { i: input })).toEqual(input.subjects)
})

test.each([
  ['{ me { religion } }', ['Citizen.religion'], { me: {} }],
  [
    '{ me { visits(first: 1) { nodes { diagnosis: mainDiagnosis } } } }',
    ['Visit.mainDiagnosis'],
    { me: { visits: { nodes: [{}] } } },
  ],
  [
    '{ me { landRights(first: 1) { edges { node { holder { religion } } } } } }',
    ['Citizen.religion'],
    { me: { landRights: { edges: [{ node: { holder: {} } }] } } },
  ],
])('%s speaks of the caller alone', (query, denied, data) => {
  expect(subjectsOf(query, denied, data)).toEqual(['901085000101'])
})

test.each([
  ['{ me { represents { ward { religion } } } }', ['Citizen.religion'], { me: { represents: [{ ward: {} }] } }],
  ['{ me { relatives { citizen { religion } } } }', ['Citizen.religion'], { me: { relatives: [{ citizen: {} }] } }],
  [
    '{ me { household { members { fullName } } } }',
    ['HouseholdMember.fullName'],
    { me: { household: { members: [{}] } } },
  ],
  [
    '{ me { landRights(first: 1) { nodes { parcel { rights { holder { religion } } } } } } }',
    ['Citizen.religion'],
    { me: { landRights: { nodes: [{ parcel: { rights: [{ holder: {} }] } }] } } },
  ],
])('%s speaks of others, so it is not told of the caller', (query, denied, data) => {
  expect(subjectsOf(query, denied, data)).toEqual([null])
})

test('a refusal for the sake of a filter keeps the field whose verdict it is, so that it can be decided again', () => {
  const [entry] = entriesOf(
    '{ disclosures(organisation: "BHXH-01") { nodes { at } } }',
    ['Disclosure.organisation'],
    {},
  )
  expect(entry?.coordinates).toEqual(['Query.disclosures'])
  expect(entry?.facts?.map(({ coordinates }) => coordinates)).toEqual([['Disclosure.organisation']])
})
