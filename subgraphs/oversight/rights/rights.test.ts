import { createHash } from 'node:crypto'
import type { ExecutionResult } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadPolicy } from '../../../policy/load-policy.ts'
import { diffBundles } from '../../../policy/review/diff-bundles.ts'
import { loadBundle } from '../../../policy/review/load-bundle.ts'
import type { Rule } from '../../../policy/rule.ts'
import { loadGraph } from '../../../schema/load-graph.ts'
import { askSubgraph } from '../../../test/support/ask-subgraph.ts'
import { disclosureRecord, entry, officer } from '../../../test/support/disclosures.ts'
import { oversightDatabase, type OversightDatabase } from '../../../test/support/oversight-database.ts'
import oversight from '../index.ts'
import { usesFromLog } from './uses-from-log.ts'

const reviewer = officer({
  kind: 'REVIEWER',
  org: 'TTATTT',
  orgKind: 'REVIEW_BODY',
  roles: ['security-reviewer'],
  purpose: 'ACCESS_REVIEW',
  jurisdiction: ['VN'],
  authnLevel: 3,
})
const schema = loadGraph().supergraphSdl
const rules = loadPolicy().rules.text
/** The same rules, but for one word: who treats somebody reads who they are without a case. */
const edited = loadBundle().rules.map((rule): Rule => {
  const { case: _case, ...others } = rule.conditions
  return rule.id === 'treatment-identity' ? { ...rule, conditions: others } : rule
})
const loosened = JSON.stringify([edited, (JSON.parse(rules) as [unknown, string])[1]])
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')
const at = (text: string): Date => new Date(`2026-11-${text}T08:00:00Z`)

let database: OversightDatabase
let ask: (query: string, principal?: typeof reviewer) => Promise<ExecutionResult>
beforeAll(async () => {
  database = await oversightDatabase()
  const log = database.log({ clock: () => at('30'), bundles: [rules, loosened, schema, '["no", "rules"]'] })
  const read = { rule: 'reviewer-reads-the-log', coordinates: ['Disclosure.at'] }
  const entries = [
    entry(null, { ...read, coordinates: ['Disclosure.at', 'Disclosure.service'] }),
    entry(null, read),
    entry(null, read),
    entry(null, { ...read, coordinates: ['Disclosure.unit'], outcome: 'DENY' }),
  ]
  for (const [index, one] of entries.entries()) await log.append(disclosureRecord([one], at(`0${index + 2}`), reviewer))
  const asked = askSubgraph(oversight, { pool: database.pool('oversight_app') })
  ask = (query, principal = reviewer) => asked.ask(query, principal)
})
afterAll(() => database.close())

const versions = (from: string, to: string) =>
  `from: { rules: "${hashOf(from)}", schema: "${hashOf(schema)}" }, to: { rules: "${hashOf(to)}", schema: "${hashOf(schema)}" }`

describe('differences between archived bundles', () => {
  it('are between texts whose hashes can be looked up', async () => {
    const { data } = await ask('{ archivedBundles(kind: SCHEMA) { hash kind isInForce } }')
    // What this test's subgraph decides by is a schema of its own.
    expect(data).toEqual({ archivedBundles: [{ hash: hashOf(schema), kind: 'SCHEMA', isInForce: false }] })
    const all = await ask('{ archivedBundles { hash isInForce } }')
    expect(all.data?.['archivedBundles']).toHaveLength(4)
    expect(all.data?.['archivedBundles']).toContainEqual({ hash: hashOf(rules), isInForce: true })
  })

  it('tell every cell that a loosened word opened, with a request that shows it', async () => {
    const { data, errors } =
      await ask(`{ accessDiff(${versions(rules, loosened)}) { opened closed newFields changes { direction
      because cells fields coordinate caller from { outcome } to { outcome rule } persona purpose query row { name value } } side { name } } }`)
    expect(errors).toBeUndefined()
    const bundle = loadBundle()
    const { cells } = diffBundles(bundle, { ...bundle, rules: edited })
    const found = data?.['accessDiff'] as { opened: number; changes: { cells: number; direction: string }[] }
    expect(cells.length).toBeGreaterThan(0)
    expect(found).toMatchObject({ opened: cells.length, closed: 0, newFields: [], side: [] })
    expect(found.changes.reduce((sum, one) => sum + one.cells, 0)).toBe(cells.length)
    const [first] = found.changes
    expect(first).toMatchObject({ direction: 'WIDENED', because: 'rule treatment-identity changed' })
    expect(JSON.stringify(first)).toContain('"query":"{ ')
  })

  it('turn round with the order of the bundles', async () => {
    const { data } = await ask(`{ accessDiff(${versions(loosened, rules)}) { opened changes { direction cells } } }`)
    expect(data).toMatchObject({ accessDiff: { opened: 0, changes: [{ direction: 'NARROWED' }] } })
  })

  it.each([
    ['is not archived', 'nothing'],
    ['can not be read', '["no", "rules"]'],
  ])('are refused where a text %s', async (_why, text) => {
    const { errors } = await ask(`{ accessDiff(${versions(rules, text)}) { opened } }`)
    expect(errors?.map(({ extensions }) => extensions['code'])).toEqual(['BAD_USER_INPUT'])
  })
})

describe('unused rights', () => {
  const query = (since: string) =>
    `{ unusedRights(since: "${since}") { rule rights unused callers { caller coordinates } } }`
  type Told = { rule: string; rights: number; unused: number; callers: { caller: string; coordinates: string[] }[] }

  it('leave out what a record since then shows in use, and a refusal shows none', async () => {
    const { data, errors } = await ask(query('2026-11-03T00:00:00Z'))
    expect(errors).toBeUndefined()
    const found = (data as { unusedRights: Told[] }).unusedRights.find(({ rule }) => rule === 'reviewer-reads-the-log')
    if (found === undefined) throw new Error('every right of the rule was used')
    expect(found.unused).toBe(found.rights - 1)
    const fields = found.callers.flatMap(({ coordinates }) => coordinates)
    expect(fields).toHaveLength(found.unused)
    expect(fields).not.toContain('Disclosure.at')
    expect(fields).toContain('Disclosure.service')
    expect(fields).toContain('Disclosure.unit')
  })

  it('are told of uses that name nobody, those alike as one', async () => {
    const uses = await usesFromLog(database.pool('oversight_app'), at('01'))
    const { organisation, roles, coordinates, ...others } = uses.find((use) => use.coordinates.length === 1) ?? {}
    expect(uses).toHaveLength(2)
    expect([organisation, roles, coordinates]).toEqual(['TTATTT', ['security-reviewer'], ['Disclosure.at']])
    expect(others).toEqual({
      at: '2026-11-04T08:00:00+00:00',
      kind: 'REVIEWER',
      delegated: false,
      purpose: 'ACCESS_REVIEW',
      outcome: 'ALLOW',
      rule: 'reviewer-reads-the-log',
    })
  })

  it('and all of this is for the reviewer', async () => {
    const { data, errors } = await ask(
      `{ archivedBundles { hash } accessDiff(${versions(rules, loosened)}) { opened } ${query('2026-11-01T00:00:00Z').slice(1)}`,
      officer(),
    )
    expect(data).toEqual({ archivedBundles: null, accessDiff: null, unusedRights: null })
    expect(errors?.map(({ extensions }) => extensions['code'])).toEqual(Array(3).fill('CLASSIFICATION_DENIED'))
  })
})
