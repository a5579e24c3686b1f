import { CommanderError } from 'commander'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createExplain } from '../../bin/access/explain.ts'
import { createReviewTools } from '../../bin/access/review-tools.ts'
import { explainStored } from '../../policy/review/explain-stored.ts'
import { readBundle, readDecision } from '../../subgraphs/oversight/read-decision.ts'
import { withClient } from '../../subgraphs/kit/postgres/with-client.ts'
import { openWholeGraph, type WholeGraph } from '../support/whole-graph.ts'

let graph: WholeGraph
let record: string
const reader = () => graph.databases.get('oversight')?.as() ?? {}
beforeAll(async () => {
  graph = await openWholeGraph()
  const query = '{ citizen(personalId: "901085000101") { fullName ethnicity dateOfBirth } }'
  const { receipts } = await graph.ask({ as: 'land-officer', purpose: 'LAND_REGISTRATION', query })
  const { user = '', password, host, port, database } = reader()
  process.env['DATABASE_URL_OVERSIGHT'] =
    `postgres://${user}:${String(password)}@localhost:${port}/${database}?host=${encodeURIComponent(host ?? '')}`
  record = receipts[0]?.record ?? ''
}, 240_000)
afterAll(async () => {
  delete process.env['DATABASE_URL_OVERSIGHT']
  process.exitCode = undefined
  await graph.close()
})

async function explained(...args: string[]): Promise<{ text: string; code: number }> {
  const written: (string | Buffer)[] = []
  process.exitCode = undefined
  const verb = createExplain(createReviewTools((text) => written.push(text)))
    .exitOverride()
    .configureOutput({ writeErr: (text) => written.push(text) })
  const code = await verb.parseAsync(args, { from: 'user' }).then(
    () => Number(process.exitCode ?? 0),
    (error: unknown) => (error instanceof CommanderError ? error.exitCode : -1),
  )
  return { text: written.join(''), code }
}

test('a verdict of the log is explained by the rules of its time, which give it again', async () => {
  const { text, code } = await explained('--record', record)
  expect(code).toBe(0)
  expect(text).toContain('OFFICIAL VPDKDD-01 LAND_REGISTRATION')
  expect(text).toMatch(
    /Citizen\.fullName {2}ALLOW[^]*Citizen\.dateOfBirth {2}MASK|Citizen\.dateOfBirth {2}MASK[^]*Citizen\.fullName {2}ALLOW/,
  )
  expect(text).toContain('decided again by the rules of its time: the same')
  expect(text).not.toContain('901085000101')
})

test('under other rules it is said to differ', async () => {
  const [decision, bundle] = await withClient(reader(), async (client) => {
    const found = await readDecision(client, record)
    return [found, found && (await readBundle(client, found))] as const
  })
  if (decision === null || bundle === null) throw new Error('no such record')
  const rules = bundle.rules.filter(({ id }) => id !== 'land-holder-identity')
  const told = decision.verdicts.flatMap((verdict) => explainStored(verdict, { ...bundle, rules }))
  const name = told.find(({ coordinate }) => coordinate === 'Citizen.fullName')
  expect(name).toMatchObject({ isSame: false, stored: { outcome: 'ALLOW' }, decision: { outcome: 'DENY' } })
})

test.each([
  ['an id that the log does not hold', '--record', '01aaaaaa-aaaa-8aaa-8aaa-aaaaaaaa0000'],
  ['an id that is none', '--record', "1' or true"],
  ['a record and a what-if at once', 'Citizen.sex', '--as', 'bank', '--record', '01aaaaaa-aaaa-8aaa-8aaa-aaaaaaaa0000'],
  ['nothing at all'],
])('%s is wrong use', async (_what, ...args) => {
  expect((await explained(...args)).code).toBe(2)
})
