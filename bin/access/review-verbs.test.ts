import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Command } from 'commander'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { newSigningKey } from '../../config/kept-keys.ts'
import { signingKeyFromText } from '../../config/key-text.ts'
import { exportTitle, textFromLine } from '../../evidence/export-lines.ts'
import { verifiedText } from '../../policy/review/jws.ts'
import { createApprove } from './approve.ts'
import { createCedar } from './cedar.ts'
import { certificateType } from '../../policy/review/certificate.ts'
import { createCheckNoNewAccess } from './check-no-new-access.ts'
import { createCoverage } from './coverage.ts'
import { createDiff } from './diff.ts'
import { createEvidence } from './evidence.ts'
import { createInvariants } from './invariants.ts'
import { createReviewTools } from './review-tools.ts'
import { createUnused } from './unused.ts'

const project = join(import.meta.dirname, '../..')
const tools = createReviewTools()

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'review-verbs-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
  process.exitCode = undefined
})

type Create = (deps: typeof tools, root?: string) => Command
/** Runs a verb: what it printed, as text and as a value, and its exit code. */
async function run(create: Create, args: readonly string[], root?: string) {
  let text = ''
  let value: unknown
  process.exitCode = undefined
  const print: typeof tools.print = (_json, told, words) => {
    value = told
    text += words()
  }
  const verb = create({ ...tools, print }, root)
    .exitOverride()
    .configureOutput({ writeErr: (line) => (text += line) })
  try {
    await verb.parseAsync(args, { from: 'user' })
  } catch (error) {
    return { code: (error as { exitCode?: number }).exitCode, text, value }
  }
  return { code: Number(process.exitCode ?? 0), text, value }
}

/** A copy of what a bundle is read from, with one text replaced in one file. */
function copyWith(file = '', from = '', to = ''): string {
  const rules = readdirSync(join(project, 'subgraphs')).map((name) => `subgraphs/${name}/rules.yaml`)
  const names = readdirSync(join(project, 'policy')).filter((name) => name.endsWith('.yaml'))
  const policy = names.map((name) => `policy/${name}`)
  for (const path of [...policy, ...rules, 'schema/supergraph.graphql', 'schema/agencies.yaml', 'docs/decisions']) {
    if (!existsSync(join(project, path))) continue
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    cpSync(join(project, path), join(folder, path), { recursive: true })
  }
  if (file !== '') edit(file, from, to)
  return folder
}

function edit(file: string, from: string, to: string): void {
  const text = readFileSync(join(folder, file), 'utf8')
  if (!text.includes(from)) throw new Error(`${file} holds no ${from}`)
  writeFileSync(join(folder, file), text.replaceAll(from, to))
}

/** How the conditions of the officer's sensitive data end, and how stricter ones would. */
const end = 'authn: 3, jurisdiction: true, case: true }'
const strictEnd = 'authn: 3, jurisdiction: true, case: true, approval: true }'
const strict = () => copyWith('subgraphs/population/rules.yaml', end, strictEnd)

describe('diff', () => {
  test('finds nothing between a revision and itself, and a widening with the request that shows it', async () => {
    expect(await run(createDiff, ['HEAD', 'HEAD'])).toMatchObject({ code: 0, text: '0 cells opened, 0 closed\n' })
    const { code, text } = await run(createDiff, [strict(), project])
    expect(code).toBe(1)
    expect(text).toContain(
      'WIDENED  rule civil-status-sensitive changed: DENY (civil-status-sensitive) -> ALLOW (civil-status-sensitive)',
    )
    expect(text).toContain(
      'shown by commune-officer with X-Purpose: CIVIL_STATUS, X-Case: HT-2026-000001 asking { citizen(personalId: "901085000101") {',
    )
    expect(text).toMatch(/where .*jurisdiction INSIDE.*case COVERS, approval NONE/)
  }, 60_000)

  test('is asked in a wrong way where there is no such version', async () => {
    expect(await run(createDiff, ['no-such-revision'])).toMatchObject({ code: 2 })
  })
})

test('check-no-new-access fails on what opened since, and tells the lines that would name it', async () => {
  const { code, text } = await run(createCheckNoNewAccess, [strict()])
  expect(code).toBe(1)
  expect(text).toContain('widens: civil-status-sensitive Citizen.ethnicity\n')
  expect(await run(createCheckNoNewAccess, [project])).toMatchObject({ code: 0 })
}, 60_000)

test('approve takes two people, and ends with the next change of a rule', async () => {
  const root = copyWith()
  writeFileSync(join(root, 'policy/approvals.yaml'), 'approvals: []\n')
  expect(await run(createApprove, ['--check'], root)).toMatchObject({ code: 1 })
  expect(await run(createApprove, ['--as', 'nobody'], root)).toMatchObject({ code: 2 })
  expect(await run(createApprove, ['--demo', '--record', '0001'], root)).toMatchObject({ code: 0 })
  expect(await run(createApprove, ['--check'], root)).toMatchObject({ code: 0 })
  edit('subgraphs/population/rules.yaml', end, strictEnd)
  expect(await run(createApprove, ['--check'], root)).toMatchObject({ code: 1 })
  expect(await run(createApprove, ['--demo', '--record', '0001'], root)).toMatchObject({ code: 0 })
  // What opens now is named nowhere, so nobody can approve it.
  edit('subgraphs/population/rules.yaml', strictEnd, end)
  expect(await run(createApprove, ['--demo', '--record', '0001'], root)).toMatchObject({ code: 1 })
  writeFileSync(
    join(root, 'docs/decisions/9999-opened.md'),
    '---\nwidens: civil-status-sensitive population:*\n---\n# 9999.\n',
  )
  expect(await run(createApprove, ['--demo', '--record', '9999'], root)).toMatchObject({ code: 0 })
  edit('policy/budgets.yaml', 'core: 6000000', 'core: 6000001')
  const { code, text } = await run(createApprove, ['--demo', '--record', '9999'], root)
  expect([code, text]).toEqual([1, expect.stringContaining('widens: figure budget.BHXH-01.INSURANCE_ADMINISTRATION')])
}, 60_000)

test('invariants hold, each told in both languages', async () => {
  const { code, text } = await run(createInvariants, [])
  expect(code).toBe(0)
  expect(text).toContain(
    'holds   analyst-never-gets-a-row: An analyst never gets a row about a person (Người phân tích',
  )
}, 60_000)

test('coverage writes a certificate that verifies with the key that was named', async () => {
  const [key, file] = [join(folder, 'key.pem'), join(folder, 'coverage.jws')]
  writeFileSync(key, newSigningKey())
  const { code, value } = await run(createCoverage, ['--certificate', file, '--key', key])
  const { findings } = value as { findings: unknown[] }
  expect(code).toBe(findings.length > 0 ? 1 : 0)
  const signed = await verifiedText(
    readFileSync(file, 'utf8').trim(),
    [signingKeyFromText(readFileSync(key, 'utf8'))!],
    certificateType,
  )
  expect(JSON.parse(signed?.text ?? '{}')).toMatchObject({
    schemaHash: tools.schemaHash,
    rulesHash: tools.rules.hash,
    findings,
  })
}, 60_000)

test('cedar writes policies, schema, fields and what they mean', async () => {
  expect(await run(createCedar, [])).toMatchObject({ code: 2 })
  expect(await run(createCedar, ['--out', join(folder, 'cedar')])).toMatchObject({ code: 0 })
  expect(readdirSync(join(folder, 'cedar')).toSorted()).toEqual([
    'README.md',
    'fields.json',
    'policies.cedar',
    'schema.cedarschema',
  ])
})

describe('unused', () => {
  const record = '00000000-0000-8000-8000-000000000000'
  const body = {
    at: '2026-06-01T00:00:00.000Z',
    purpose: 'CIVIL_STATUS',
    caller: { kind: 'OFFICIAL', organisation: 'UBND-00004', roles: ['civil-status-officer'], actor: null },
  }
  const entries = [
    { coordinates: ['Citizen.fullName'], outcome: 'ALLOW', rule: 'civil-status-basic' },
    { coordinates: ['Citizen.ethnicity'], outcome: 'DENY', rule: 'civil-status-sensitive' },
  ].map((entry) => JSON.stringify(entry))
  const hash = 'A'.repeat(43)
  const place = { writer: 'population/0', counter: 1, record, leaf: hash, previous: null, signature: 'A'.repeat(86) }
  const lines = [
    exportTitle,
    textFromLine({ kind: 'writer', writer: 'population/0', keyId: 'k' }, () => 1),
    textFromLine({ kind: 'leaf', ...place, body: JSON.stringify(body), entries }, () => 1),
    textFromLine({ kind: 'end', leaves: 1 }, () => 1),
  ]
  type Found = { rule: string; rights: number; unused: { coordinate: string }[] }[]
  const asked = async (since: string) => {
    writeFileSync(join(folder, 'log.txt'), `${lines.join('\n')}\n`)
    const { code, value } = await run(createUnused, ['--since', since, '--export', join(folder, 'log.txt')])
    const own = (value as Found).find(({ rule }) => rule === 'civil-status-basic')!
    return { code, ...own, names: own.unused.map(({ coordinate }) => coordinate) }
  }

  test('leaves out what a record shows in use, but for refusals and what lies before', async () => {
    const since = await asked('2026-01-01')
    expect(since).toMatchObject({ code: 1 })
    expect(since.unused).toHaveLength(since.rights - 1)
    expect(since.names).not.toContain('Citizen.fullName')
    expect((await asked('2026-07-01')).names).toContain('Citizen.fullName')
  })

  test('is asked in a wrong way without a date or an export', async () => {
    writeFileSync(join(folder, 'log.txt'), 'no export\n')
    expect(await run(createUnused, ['--since', 'soon', '--export', join(folder, 'log.txt')])).toMatchObject({ code: 2 })
    expect(await run(createUnused, ['--since', '2026-01-01', '--export', join(folder, 'log.txt')])).toMatchObject({
      code: 2,
    })
  })
})

test('evidence takes rules, matrix, checks and what was given along', async () => {
  const [key, tests] = [join(folder, 'key.pem'), join(folder, 'results.txt')]
  writeFileSync(key, newSigningKey())
  writeFileSync(tests, '1 passed, 0 failed, 0 skipped\n')
  const { value } = await run(createEvidence, ['--out', join(folder, 'pack.tar.gz'), '--key', key, '--tests', tests])
  const names = [
    'bundle/bundle.json',
    'matrix/access.csv',
    'checks/coverage.jws',
    'checks/invariants.json',
    'checks/results.txt',
    'cedar/policies.cedar',
  ]
  expect((value as { files: string[] }).files).toEqual(expect.arrayContaining([...names, 'approval/approvals.yaml']))
  expect(existsSync(join(folder, 'pack.tar.gz'))).toBe(true)
  expect(await run(createEvidence, ['--out', folder, '--key', tests])).toMatchObject({ code: 2 })
}, 60_000)
