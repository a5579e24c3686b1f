import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkProof } from '../../evidence/log-proof.ts'
import { isSignatureOf, statementText } from '../../evidence/statement.ts'
import { loadYaml } from '../../policy/load-yaml.ts'
import { replay, type DecidingBundle } from '../../policy/replay.ts'
import { readBundle, readDecision } from '../../subgraphs/oversight/read-decision.ts'
import { registry } from '../../subgraphs/registry.ts'
import { loadPersonas } from '../../synthetic/personas.ts'
import { fillQuality } from '../support/fill-quality.ts'
import { fillStatistics } from '../support/fill-statistics.ts'
import { until } from '../support/oversight-database.ts'
import { openWholeGraph, type Question, type WholeGraph } from '../support/whole-graph.ts'
import { callerOf, goldenFile, valueAt, withKept, type GoldenCase } from './golden-case.ts'

let graph: WholeGraph
beforeAll(async () => {
  graph = await openWholeGraph()
  await fillStatistics(graph.databases)
  await fillQuality(graph.databases, new Date())
}, 120_000)
afterAll(() => graph.close())

const files = registry.map(({ name, folder }) => ({ name, path: join(folder, 'cases.yaml') }))

test.each(files)('$name has cases', ({ path }) => expect(existsSync(path)).toBe(true))

describe.each(files.filter(({ path }) => existsSync(path)))('$name', ({ path, name }) => {
  test.each(loadYaml(goldenFile, readFileSync(path, 'utf8'), `${name}/cases.yaml`))('$name', async (one) => {
    const kept = await keptOf(one)
    const { body, fetches, requestId } = await graph.ask(questionOf(one, kept))
    expect(body.data).toEqual(withKept(one.data, kept))
    const errors = (body.errors ?? []).map((error) => ({
      path: (error.path ?? []).join('.'),
      code: String(error.extensions?.['code']),
    }))
    expect(errors.toSorted(byPath)).toEqual([...one.errors].toSorted(byPath))
    const masked = (body.extensions?.masked ?? []).map(({ path: at, mask }) => ({ path: at.join('.'), mask }))
    expect(masked.toSorted(byPath)).toEqual([...one.masked].toSorted(byPath))
    if (one.fetches !== undefined) expect(fetches).toEqual(one.fetches)
    if (one.log !== undefined) expect(await graph.logOf(requestId)).toEqual([...one.log].toSorted())
  })
})

const refusals =
  /^(UNAUTHENTICATED|ASSURANCE_TOO_LOW|CLASSIFICATION_DENIED|CASE_REQUIRED|APPROVAL_REQUIRED|CONSENT_REQUIRED|OUT_OF_JURISDICTION|AGGREGATE_ONLY)$/

describe('personas.yaml', () => {
  const queries = loadPersonas().flatMap(({ allowed, denied, persona, purposes, cases }) => {
    const stated = { as: persona, purpose: purposes[0], case: cases[0]?.number }
    return [
      { persona, query: allowed, stated, isAllowed: true },
      { persona, query: denied, stated, isAllowed: false },
    ].filter(({ query }) => query !== null)
  })

  test.each(queries)('is right about $persona (allowed: $isAllowed)', async ({ query, stated, isAllowed }) => {
    const { body } = await graph.ask({ ...stated, query: query ?? '' })
    const codes = (body.errors ?? []).map(({ extensions }) => String(extensions?.['code']))
    if (isAllowed) {
      expect(codes).toEqual([])
      expect(Object.values(body.data ?? {})).not.toContain(null)
    } else {
      expect(codes.length).toBeGreaterThan(0)
      expect(codes.filter((code) => !refusals.test(code))).toEqual([])
    }
  })
})

test('a citizen can show that a line of their timeline is in the log, and that what they were answered must be', async () => {
  const { kid, publicKey } = graph.keys.signing
  const keys = new Map([[kid, publicKey]])
  const two =
    '{ a: citizen(personalId: "901085000101") { fullName } b: citizen(personalId: "901187000102") { fullName } }'
  const asked = await graph.ask({ as: 'commune-officer', purpose: 'CIVIL_STATUS', query: two })
  expect(asked.receipts.length).toBeGreaterThan(0)
  for (const receipt of asked.receipts) {
    expect(receipt.keyId).toBe(kid)
    expect(isSignatureOf(statementText(receipt), Buffer.from(receipt.signature, 'base64url'), publicKey)).toBe(true)
  }
  const log = new Client(graph.databases.get('oversight')?.superuser)
  await log.connect()
  const covered = 'select max(size) > (select leaf_index from leaf where record_id = $1) from tree_head'
  await until(log, covered, [asked.receipts[0]?.record])
  await log.end()

  const lines = await graph.ask({ as: 'citizen', query: '{ me { accessHistory(first: 5) { nodes { proof } } } }' })
  const { nodes } = valueAt(lines.body.data, 'me.accessHistory') as { nodes: { proof: string | null }[] }
  const verdicts = await Promise.all(nodes.flatMap(({ proof }) => proof ?? []).map((proof) => checkProof(proof, keys)))
  expect(verdicts.filter(({ holds }) => !holds)).toEqual([])
  const own = verdicts.find((one) => one.holds && one.proof.record.record === asked.receipts[0]?.record)
  const shown = own?.holds === true ? own.proof.record.entries : []
  expect(shown.map((entry) => entry === null)).toEqual(expect.arrayContaining([true, false]))
  expect(shown.filter((entry) => entry !== null)).toHaveLength(1)
})

test('every decision of this run is the same when it is decided again by the rules the log archived', async () => {
  const log = new Client(graph.databases.get('oversight')?.superuser)
  await log.connect()
  try {
    const { rows } = await log.query<{ id: string }>('select id from disclosure order by id')
    const bundles = new Map<string, DecidingBundle>()
    const different: unknown[] = []
    let decided = 0
    for (const { id } of rows) {
      const decision = await readDecision(log, id)
      if (decision === null) throw new Error(`no record ${id}`)
      const hashes = `${decision.bundleHash} ${decision.schemaHash}`
      const bundle = bundles.get(hashes) ?? (await readBundle(log, decision))
      if (bundle === null) throw new Error('no bundle in the archive')
      bundles.set(hashes, bundle)
      const replayed = decision.verdicts.flatMap((verdict) =>
        replay(verdict, bundle).map((one) => ({ ...one, verdict })),
      )
      decided += replayed.length
      different.push(...replayed.filter(({ isSame }) => !isSame))
    }
    expect(decided).toBeGreaterThan(1000)
    expect(different).toEqual([])
  } finally {
    await log.end()
  }
})

async function keptOf({ before }: GoldenCase): Promise<Map<string, unknown>> {
  const kept = new Map<string, unknown>()
  for (const step of before) {
    const { body } = await graph.ask(questionOf(step, kept))
    for (const [name, path] of Object.entries(step.keep)) kept.set(name, valueAt(body.data, path))
  }
  return kept
}

/** The question with what was kept: as variables, and as the case where that names it. */
function questionOf(asked: GoldenCase['before'][number] | GoldenCase, kept: ReadonlyMap<string, unknown>): Question {
  const caseNumber = asked.case === undefined ? undefined : String(withKept(asked.case, kept))
  return { ...asked, as: callerOf(asked.as), case: caseNumber, variables: variablesOf(asked, kept) }
}

function variablesOf({ variables }: Pick<GoldenCase, 'variables'>, kept: ReadonlyMap<string, unknown>) {
  return { ...Object.fromEntries(kept), ...(withKept(variables ?? {}, kept) as Record<string, unknown>) }
}

function byPath(a: { path: string }, b: { path: string }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0
}
