import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { readFileSync } from 'node:fs'
import { loadYaml } from '../../policy/load-yaml.ts'
import { openWholeGraph, type Answer, type WholeGraph } from '../support/whole-graph.ts'
import { outage } from './outage.ts'

const file = new URL('stores-down.cases.yaml', import.meta.url)
const cases = loadYaml(
  z.array(
    z.strictObject({
      name: z.string(),
      down: z.string(),
      as: z.string(),
      purpose: z.string().optional(),
      case: z.string().optional(),
      query: z.string(),
      status: z.number().default(200),
      data: z.record(z.string(), z.unknown()).optional(),
      errors: z.array(z.string()),
    }),
  ),
  readFileSync(file, 'utf8'),
  'stores-down.cases.yaml',
)

let graph: WholeGraph
beforeAll(async () => {
  graph = await openWholeGraph()
}, 300_000)
afterAll(() => graph.close(), 60_000)

const codesOf = ({ body }: Answer): string[] =>
  (body.errors ?? []).map(({ path, extensions }) => `${String(extensions?.['code'])} ${(path ?? []).join('.')}`.trim())

/** Nothing of how the graph is made, and of nobody: hosts, sockets, databases, roles, SQL, stacks, personal numbers. */
const inside =
  /postgres|pg_|PGSQL|socket|ECONN|ENOENT|\/tmp|127\.0\.0\.1|localhost|_app|_reader|_writer|57P0|select |terminat|\\n +at |\.ts:\d|stack|\b9\d{11}\b/i

describe('a part that is away', { timeout: 120_000 }, () => {
  test.each(cases)('$name', async ({ down, status, data, errors, ...question }) => {
    const whole = await graph.ask(question)
    const restore = await outage(graph.databases.get(down))
    try {
      const answer = await graph.ask(question)
      expect(codesOf(answer).toSorted()).toEqual(errors.toSorted())
      expect(answer.status).toBe(status)
      if (data === undefined) expect(answer.body.data ?? null).toBeNull()
      else expect(answer.body.data).toEqual(merged(whole.body.data, data))
      expect(JSON.stringify(answer.body.errors)).not.toMatch(inside)
    } finally {
      await restore()
    }
    // Back without a restart, and as it was.
    const again = await graph.ask(question)
    expect(codesOf(again)).toEqual(codesOf(whole))
    expect(again.body.data).toEqual(whole.body.data)
  })
})

test('where nobody can count, whoever would be read is refused, with a code of its own', async () => {
  const restore = await outage(graph.databases.get('oversight'))
  try {
    const newcomer = { sub: 'newcomer', kind: 'OFFICIAL', org: 'UBND-00004', roles: ['civil-status-officer'] }
    const claims = { ...newcomer, client_id: 'X', jurisdiction: ['00004'], account_level: 2, authn_level: 3 }
    const query = '{ citizen(personalId: "901085000101") { fullName } }'
    const answer = await graph.ask({ as: claims, purpose: 'CIVIL_STATUS', query })
    expect(codesOf(answer)).toEqual(['COUNT_UNAVAILABLE citizen'])
    expect(answer.body.data).toEqual({ citizen: null })
    expect(JSON.stringify(answer.body)).not.toMatch(inside)
  } finally {
    await restore()
  }
})

/** The whole answer, but for what is named. */
function merged(whole: unknown, changes: Record<string, unknown>): unknown {
  const result: Record<string, unknown> = { ...(whole as Record<string, unknown>) }
  for (const [key, value] of Object.entries(changes)) {
    const isDeeper = typeof value === 'object' && value !== null
    result[key] = isDeeper ? merged(result[key], value as Record<string, unknown>) : value
  }
  return result
}
