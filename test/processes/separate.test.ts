import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { summaryOf } from '../../identity/sign-in.ts'
import { loadPersonas } from '../../synthetic/personas.ts'
import type { ServerRun } from '../support/run-server.ts'
import { ask, codesOf, type Answer } from './ask.ts'
import { revokeRace } from './revoke-race.ts'
import { groups, openTopology, type Topology } from './topology.ts'

let graph: Topology
beforeAll(async () => {
  graph = await openTopology(300, () => Promise.resolve(undefined))
}, 300_000)
afterAll(() => graph.close(), 60_000)

/** Both ways of running, asked the same by the same caller. */
async function both(persona: string, query: string, extra: { purpose?: string; case?: string } = {}) {
  const token = await graph.issuer.token(persona)
  const [apart, inOne] = await Promise.all(
    [graph.gateway, graph.inOne].map((address) => ask(address, query, { token, ...extra })),
  )
  return { apart: apart as Answer, inOne: inOne as Answer }
}

const readiness = async (address: string): Promise<{ status: number; body: unknown }> => {
  const response = await fetch(`${address}/health/ready`)
  return { status: response.status, body: await response.json() }
}

/** An answer without what differs from request to request. */
const comparable = ({ status, body }: Answer): unknown => ({
  status,
  data: body.data,
  masked: body.extensions?.['masked'],
  // One record of all fetches in one process, one of each apart.
  isReceipted: body.extensions?.['receipts'] !== undefined,
  errors: body.errors
    ?.map(({ extensions, ...error }) => ({ ...error, extensions: { ...extensions, requestId: '' } }))
    .toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b))),
})

const asked = loadPersonas().flatMap((persona) => {
  const { allowed, denied, headers } = summaryOf(persona)
  const extra = {
    ...(headers['X-Purpose'] === undefined ? {} : { purpose: headers['X-Purpose'] }),
    ...(headers['X-Case'] === undefined ? {} : { case: headers['X-Case'] }),
  }
  return Object.entries({ allowed, denied }).flatMap(([which, query]) =>
    // A change can be made only once.
    query === null || /^\s*mutation\b/m.test(query) ? [] : [{ persona: persona.persona, which, query, extra }],
  )
})

const everything = `{ provinces { code } citizen(personalId: "901085000101") { fullName
  landRights(first: 1) { nodes { right } } visits(first: 1) { nodes { reason } } } me { consents(first: 1) { nodes { state } } } }`

describe('separate processes', { timeout: 120_000 }, () => {
  test('are ready, each naming what it stands on', async () => {
    // So many processes at once start slowly on a small machine.
    await expect.poll(async () => (await readiness(graph.gateway)).status, { timeout: 60_000 }).toBe(200)
    const { body } = await readiness(graph.gateway)
    const subgraphs = Object.values(groups)
      .flat()
      .map((name) => `subgraph ${name}`)
    expect((body as { parts: string[] }).parts.toSorted()).toEqual(
      ['database oversight', 'identity', ...subgraphs].toSorted(),
    )
  })

  test.each(asked)('answer as one process does: $persona, $which', async ({ persona, query, extra }) => {
    const { apart, inOne } = await both(persona, query, extra)
    expect(comparable(apart)).toEqual(comparable(inOne))
    expect(apart.body.data ?? apart.body.errors).toBeDefined()
  })

  test('compare claims as one process does, and count their tries together', async () => {
    const verify = (born: string) =>
      `{ verify(personalId: "901085000101", claims: { dateOfBirth: "${born}", insuredNow: true }) { answers { claim result } } }`
    const { apart, inOne } = await both('citizen', verify('1985-04-12'))
    expect(apart.body.data).toEqual({
      verify: {
        answers: [
          { claim: 'DATE_OF_BIRTH', result: 'MATCH' },
          { claim: 'INSURED_NOW', result: 'MATCH' },
        ],
      },
    })
    expect(comparable(apart)).toEqual(comparable(inOne))
    const token = await graph.issuer.token('citizen')
    const tried = [
      await ask(graph.inOne, verify('1985-04-13'), { token }),
      await ask(graph.gateway, verify('1985-04-14'), { token }),
      await ask(graph.inOne, verify('1985-04-15'), { token }),
    ]
    expect(tried.map(({ body }) => codesOf(body))).toEqual([[], [], ['VERIFICATION_LIMIT verify.answers.0']])
  })

  test('log the same lines as one process does', async () => {
    const { apart, inOne } = await both('citizen', everything)
    const lines = (requestId: string) =>
      graph.cluster.sql(
        'oversight',
        `select distinct e.outcome, c as coordinate from disclosure d
           join disclosure_entry e on left(e.id::text, 32) = left(d.id::text, 32), unnest(e.coordinates) c
          where d.request_id = $1 order by 1, 2`,
        [requestId],
      )
    const there = await lines(apart.requestId)
    expect(there.length).toBeGreaterThan(0)
    expect(there).toEqual(await lines(inOne.requestId))
  })

  test('a subgraph that is gone is named, costs only its fields, and is missed no longer once it is back', async () => {
    const url = graph.urls.get('population') ?? ''
    const run = graph.runs.get('population')
    run?.child.kill('SIGTERM')
    expect(await run?.ended).toBe(0)
    expect(await readiness(graph.gateway)).toEqual({
      status: 503,
      body: { status: 'not ready', failing: ['subgraph population'] },
    })
    const token = await graph.issuer.token('citizen')
    const without = await ask(graph.gateway, everything, { token })
    // Who somebody is, only the population database knows: what hangs on a person goes with it.
    expect(codesOf(without.body)).toEqual(['SUBGRAPH_UNAVAILABLE citizen', 'SUBGRAPH_UNAVAILABLE me'])
    expect(without.body.data).toEqual({ provinces: expect.any(Array), citizen: null, me: null })
    expect(without.text).not.toMatch(/127\.0\.0\.1|ECONNREFUSED|fetch|localhost/)

    await graph.startGroup('population', new URL(url).port)
    expect((await readiness(graph.gateway)).status).toBe(200)
    expect(codesOf((await ask(graph.gateway, everything, { token })).body)).toEqual([])
  })

  test('a database that is gone is named through its subgraph, and by the one process', async () => {
    const close = `select pg_terminate_backend(pid) from pg_stat_activity where datname = 'land'`
    await graph.cluster.sql('postgres', 'alter database land allow_connections false')
    await graph.cluster.sql('postgres', close)
    const apartNow = await readiness(graph.gateway)
    expect(apartNow.status).toBe(503)
    const standing = ['health', 'land', 'social-security', 'verification']
    expect((apartNow.body as { failing: string[] }).failing.toSorted()).toEqual(
      standing.map((name) => `subgraph ${name}: database land`),
    )
    expect((await readiness(graph.inOne)).body).toEqual({ status: 'not ready', failing: ['database land'] })
    const { apart, inOne } = await both('citizen', everything)
    expect(codesOf(apart.body)).toEqual(['SUBGRAPH_UNAVAILABLE citizen.landRights'])
    expect(comparable(apart)).toEqual(comparable(inOne))
    await graph.cluster.sql('postgres', 'alter database land allow_connections true')
    expect(codesOf((await both('citizen', everything)).apart.body)).toEqual([])
  })

  test('a withdrawal ends the reading for whoever asks after it, through every gateway, amid 200 readers', async () => {
    const { before, after } = await revokeRace(graph, 200)
    expect(before.filter(({ name }) => name !== null).length).toBeGreaterThanOrEqual(20)
    expect(after).toHaveLength(200)
    expect(after.filter(({ name }) => name !== null)).toEqual([])
    const told = after.filter(({ code }) => code === 'CONSENT_WITHDRAWN')
    expect(new Set(told.map(({ gateway }) => gateway)).size).toBe(2)
    // A machine that is too busy may say so, and nothing else.
    expect(after.filter(({ code }) => !/^CONSENT_WITHDRAWN$|_UNAVAILABLE$|^TIMEOUT$/.test(String(code)))).toEqual([])
    expect(before.filter(({ ended, code }) => ended && code === 'CONSENT_WITHDRAWN')).toEqual([])
  })

  test('an answer that was given is on the log, whatever happens to PostgreSQL the moment after', async () => {
    const { apart, inOne } = await both('citizen', '{ me { fullName } }')
    await graph.cluster.kill()
    const during = await ask(graph.gateway, '{ me { fullName } }', { token: await graph.issuer.token('citizen') })
    expect(codesOf(during.body)).toEqual([expect.stringMatching(/^(SUBGRAPH|LOG)_UNAVAILABLE/)])
    expect(during.body.data?.['me'] ?? null).toBeNull()
    await graph.cluster.restart()
    const records = await graph.cluster.sql<{ id: string }>(
      'oversight',
      'select request_id as id from disclosure where request_id = any($1) order by 1',
      [[apart.requestId, inOne.requestId]],
    )
    expect(records.map(({ id }) => id)).toEqual([apart.requestId, inOne.requestId].toSorted())
    const after = await both('citizen', '{ me { fullName } }')
    expect(codesOf(after.apart.body)).toEqual([])
    expect(codesOf(after.inOne.body)).toEqual([])
  })

  test('end cleanly on SIGTERM, without a word', async () => {
    expect(await stopped('gateway', 'population')).toEqual({ gateway: [], population: [] })
  })

  test('end as cleanly when PostgreSQL ended first, and say of it only that log and statistics wait', async () => {
    await graph.cluster.kill()
    const said = Object.values(await stopped('in one', 'domains', 'common')).flat()
    // A count of the statistics is under way at any time: one that lost its database says so.
    const waits = /^(the disclosure log is not sequenced: |statistics: the count failed )/
    expect(said.filter((line) => !waits.test(String(line)))).toEqual([])
  })
})

/** What processes say that a drain should not make them say, beside a code that is not 0. */
async function stopped(...names: string[]): Promise<Record<string, (string | number)[]>> {
  const runs = names.map((name) => [name, graph.runs.get(name) as ServerRun] as const)
  for (const [, { child }] of runs) child.kill('SIGTERM')
  const told = runs.map(async ([name, { ended, output }]) => {
    const code = await ended
    const lines = output()
      .split('\n')
      .filter((line) => !/answers at |demonstration keys|lost an idle connection|^$/.test(line))
    return [name, code === 0 ? lines : [String(code), ...lines]] as const
  })
  return Object.fromEntries(await Promise.all(told))
}
