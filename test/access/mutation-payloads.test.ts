import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWholeGraph, type WholeGraph } from '../support/whole-graph.ts'

let graph: WholeGraph
beforeAll(async () => {
  graph = await openWholeGraph()
}, 240_000)
afterAll(() => graph.close())

test('each change of one operation shows the state it left, and the next request is denied', async () => {
  const asked = await graph.ask({ as: 'citizen', query: '{ me { consents(first: 5) { nodes { id state } } } }' })
  const consents = asked.body.data?.['me'] as { consents: { nodes: { id: string; state: string }[] } }
  const consentId = consents.consents.nodes.find(({ state }) => state === 'GRANTED')?.id
  const { body, requestId } = await graph.ask({
    as: 'citizen',
    query: `mutation ($input: ConsentInput!) {
      first: restrictConsent(input: $input) { consent { state history { state } } errors { code } }
      second: withdrawConsent(input: $input) { consent { state history { state } } errors { code } }
    }`,
    variables: { input: { consentId } },
  })
  const history = (...states: string[]) => states.map((state) => ({ state }))
  expect(body.data).toEqual({
    first: { consent: { state: 'RESTRICTED', history: history('REQUESTED', 'GRANTED', 'RESTRICTED') }, errors: [] },
    second: {
      consent: { state: 'REVOKED', history: history('REQUESTED', 'GRANTED', 'RESTRICTED', 'REVOKED') },
      errors: [],
    },
  })

  const shown = ['ALLOW Consent.state', 'ALLOW ConsentVersion.state']
  expect(await graph.logOf(requestId)).toEqual(expect.arrayContaining(shown))

  const query = '{ citizen(personalId: "901085000101") { fullName } }'
  const next = await graph.ask({ as: 'bank', purpose: 'CREDIT_ASSESSMENT', query })
  expect(next.body.data).toEqual({ citizen: { fullName: null } })
  expect(next.body.errors?.[0]?.extensions?.['code']).toBe('CONSENT_WITHDRAWN')
})
