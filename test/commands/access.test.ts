import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CommanderError, type Command } from 'commander'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createExplain } from '../../bin/access/explain.ts'
import { createMatrix } from '../../bin/access/matrix.ts'
import { createReviewTools, type ReviewTools } from '../../bin/access/review-tools.ts'
import { createSimulate } from '../../bin/access/simulate.ts'
import { createWhat } from '../../bin/access/what.ts'
import { createWho } from '../../bin/access/who.ts'

// Every way of every caller is walked: long on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

const written: (string | Buffer)[] = []
const tools = createReviewTools((text) => written.push(text))
const cells = tools.cells()
const folder = mkdtempSync(join(tmpdir(), 'access-'))
afterEach(() => {
  process.exitCode = undefined
})

/** Runs a verb in this process: what it wrote, and the code it would end with. */
async function run(
  create: (tools: ReviewTools) => Command,
  ...args: string[]
): Promise<{ text: string; code: number }> {
  written.length = 0
  const verb = create(tools)
    .exitOverride()
    .configureOutput({ writeErr: (text) => written.push(text) })
  try {
    await verb.parseAsync(args, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    return { text: written.join(''), code: error.exitCode }
  }
  return { text: written.join(''), code: Number(process.exitCode ?? 0) }
}
const json = async (create: (tools: ReviewTools) => Command, ...args: string[]): Promise<unknown> =>
  JSON.parse((await run(create, ...args, '--json')).text)

describe('matrix', () => {
  test('as CSV it is the committed file', async () => {
    const committed = readFileSync(join(import.meta.dirname, '../../docs/reference/access.csv'), 'utf8')
    expect((await run(createMatrix)).text).toBe(committed)
  })

  test.each(['html', 'xlsx', 'json', 'csv'])('is written to a file as %s', async (format) => {
    const out = join(folder, `matrix.${format}`)
    expect(await run(createMatrix, '--format', format, '--out', out)).toEqual({ text: '', code: 0 })
    expect(readFileSync(out).length).toBeGreaterThan(50_000)
    rmSync(out)
  })

  test('a spreadsheet without a file is wrong use', async () => {
    expect((await run(createMatrix, '--format', 'xlsx')).code).toBe(2)
  })
})

describe('who', () => {
  test('names everyone who can reach a field, with condition, law and ways', async () => {
    const { text, code } = await run(createWho, 'Citizen.ethnicity', '--paths')
    expect(code).toBe(0)
    expect(text).toContain(
      'Citizen.ethnicity  CREDIT_ASSESSMENT SYSTEM PRIVATE credit-officer  ALLOW  L3  consent-sensitive',
    )
    expect(text).toContain('có sự đồng ý còn hiệu lực cho trường này')
    expect(text).toContain('NĐ 356/2025/NĐ-CP, Điều 6 khoản 4')
    expect(text).toContain('    -> Query.citizen > Citizen.ethnicity\n')
    expect(text).toMatch(/x {2}Query\.me > .*\n {7}closes at Query\.me: /)
  })

  test('open data is everybody’s', async () => {
    expect(await run(createWho, 'Province.name')).toEqual({
      text: 'Province.name  everybody: open data (L0)\n',
      code: 0,
    })
  })

  test('a field nobody gets whole is a finding, and one that does not exist wrong use', async () => {
    const given = new Set(cells.filter(({ outcome }) => /ALLOW|MASK/.test(outcome)).map(({ coordinate }) => coordinate))
    const special = [...tools.classes.values()].find(
      ({ coordinate, level, structure }) => level === 'L4' && !structure && !given.has(coordinate),
    )
    expect((await run(createWho, special?.coordinate ?? '')).code).toBe(1)
    expect((await run(createWho, 'Citizen.shoeSize')).code).toBe(2)
  })
})

describe('what', () => {
  test('lists what a persona reaches with whatever case it states, by which ways', async () => {
    const found = (await json(createWhat, '--as', 'doctor', '--paths')) as { coordinate: string; ways: string[][] }[]
    expect(found.find(({ coordinate }) => coordinate === 'Visit.mainDiagnosis')?.ways).toContainEqual([
      'Query.citizen',
      'Citizen.visits',
      'VisitConnection.nodes',
      'Visit.mainDiagnosis',
    ])
    expect(found.map(({ coordinate }) => coordinate)).not.toContain('Citizen.religion')
  })

  test('the analyst reaches no field of a person', async () => {
    const found = (await json(createWhat, '--as', 'analyst')) as { coordinate: string }[]
    expect(found.length).toBeGreaterThan(0)
    expect(found.filter(({ coordinate }) => tools.classes.get(coordinate)?.personal.length !== 0)).toEqual([])
  })
})

describe('explain', () => {
  test('tells a refusal in both languages: code, step, rule, law, the nearest rules, the smallest change', async () => {
    const { text, code } = await run(createExplain, 'Citizen.ethnicity', '--as', 'commune-officer', '--inside')
    expect(code).toBe(1)
    for (const part of [
      'Citizen.ethnicity  DENY  CASE_REQUIRED  L3',
      'cần số hồ sơ đang mở của người này · the number of an open case of this person is needed',
      'Luật 91/2025/QH15, Điều 19 khoản 1 điểm c',
      'không đạt · failed',
      'hồ sơ · case: có hồ sơ đang mở cho trường này · an open case for this field ≠ không có hồ sơ đang mở · no open case',
      'smallest change: có hồ sơ đang mở cho trường này · an open case for this field -> ALLOW (civil-status-sensitive',
    ])
      expect(text).toContain(part)
  })

  test('facts that are fixed change the verdict', async () => {
    const fixed = ['--inside', '--case-covers', '--relation', 'OTHER', '--subject', 'ADULT']
    const told = await run(createExplain, 'Citizen.ethnicity', '--as', 'commune-officer', ...fixed)
    expect(told.code).toBe(0)
    expect(told.text).toContain('Citizen.ethnicity  ALLOW    L3')
    expect((await run(createExplain, 'Citizen.fullName', '--as', 'bank', '--consent', 'WITHDRAWN')).text).toContain(
      'CONSENT_WITHDRAWN',
    )
  })

  test('a query is explained field by field, from text or from a file', async () => {
    const file = join(folder, 'query.graphql')
    writeFileSync(file, '{ citizen(personalId: "901085000101") { fullName ...F } } fragment F on Citizen { religion }')
    const { explanations } = (await json(createExplain, file, '--as', 'citizen')) as {
      explanations: { coordinate: string }[]
    }
    expect(explanations.map(({ coordinate }) => coordinate)).toEqual([
      'Query.citizen',
      'Citizen.fullName',
      'Citizen.religion',
    ])
    rmSync(file)
  })

  test('speaks for a kind of caller of the matrix as for a persona', async () => {
    const as = 'CREDIT_ASSESSMENT SYSTEM PRIVATE credit-officer'
    expect((await run(createExplain, 'Citizen.fullName', '--as', as)).text).toContain(
      'ALLOW (tùy dòng · depends on the row)',
    )
  })

  test.each([
    ['a purpose the persona may not state', 'Citizen.fullName', '--as', 'bank', '--purpose', 'CIVIL_STATUS'],
    ['a persona that does not exist', 'Citizen.fullName', '--as', 'burglar'],
    ['a field that does not exist', 'Citizen.shoeSize', '--as', 'bank'],
    ['a query that is not valid', '{ me { shoeSize } }', '--as', 'citizen'],
    ['a query that is none', '{ me {', '--as', 'citizen'],
  ])('%s is wrong use', async (_what, ...args) => {
    expect((await run(createExplain, ...args)).code).toBe(2)
  })
})

describe('simulate', () => {
  const query = `query ($deep: Boolean = false) {
    provinces { name }
    citizen(personalId: "901085000101") { fullName temporaryAbsence visits(first: 1) @include(if: $deep) { nodes { cost: totalCost } } }
  }`
  type Fields = { fields: { path: string; fate: string; outcome: string; conditional: boolean; rule: string }[] }

  test('says of each field whether it is sent, and what it depends on', async () => {
    const { fields } = (await json(createSimulate, query, '--as', 'bank')) as Fields
    expect(fields.map(({ path, fate, outcome, conditional }) => `${path} ${fate} ${outcome} ${conditional}`)).toEqual([
      'provinces SENT ALLOW false',
      'provinces.name SENT ALLOW false',
      'citizen SENT ALLOW true',
      'citizen.fullName SENT ALLOW true',
      'citizen.temporaryAbsence REFUSED DENY false',
    ])
  })

  test('variables decide what is asked at all', async () => {
    const { fields } = (await json(createSimulate, query, '--as', 'bank', '--variables', '{"deep": true}')) as Fields
    expect(fields.map(({ path }) => path)).toContain('citizen.visits')
  })

  test('a refused field is a finding; facts that are fixed are believed', async () => {
    const own = '{ me { religion } }'
    expect((await run(createSimulate, own, '--as', 'citizen')).code).toBe(0)
    expect((await run(createSimulate, own, '--as', 'citizen-low')).code).toBe(1)
    expect((await run(createSimulate, own, '--as', 'citizen', '--relation', 'OTHER')).code).toBe(1)
  })

  test('under a field that nothing is asked below, the stub is told as such', async () => {
    const stranger = '{ citizen(personalId: "901085000101") { fullName } }'
    const { fields } = (await json(createSimulate, stranger, '--as', 'analyst')) as Fields
    expect(fields.map(({ path, fate }) => `${path} ${fate}`)).toEqual(['citizen STUB', 'citizen.fullName REFUSED'])
  })

  test.each(['[1', '3'])('variables that are no object (%s) are wrong use', async (variables) => {
    expect((await run(createSimulate, query, '--as', 'bank', '--variables', variables)).code).toBe(2)
  })
})

describe('the reviewer’s guide shows what is printed', () => {
  const guide = readFileSync(join(import.meta.dirname, '../../docs/guides/review.md'), 'utf8')
  const verbs = { who: createWho, what: createWhat, explain: createExplain, simulate: createSimulate }
  const shown = [...guide.matchAll(/^\$ npm run --silent access -- (who|what|explain|simulate) (.*)\n([^]*?)^```/gm)]
    .map(([, verb, line = '', lines = '']) => ({
      verb: verb as keyof typeof verbs,
      line,
      lines: lines.trimEnd().split('\n'),
    }))
    .filter(({ line }) => !line.includes('--record'))

  test.each(shown)('$verb $line', async ({ verb, line, lines }) => {
    const args = [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, word]) => quoted ?? word ?? '')
    const { text } = await run(verbs[verb], ...args)
    // A line may be shortened at its end; what is left out is a line of its own.
    for (const one of lines.filter((each) => each.trim() !== '…')) expect(text).toContain(one.split('…')[0])
  })

  test('for each of them', () =>
    expect(new Set(shown.map(({ verb }) => verb))).toEqual(new Set(['who', 'explain', 'simulate'])))
})

test('the command itself ends with 0, 1 or 2', () => {
  const codes = [
    ['who', 'Province.name'],
    ['explain', 'Citizen.religion', '--as', 'analyst'],
    ['explain', '--bogus'],
  ].map((args) => spawnSync(process.execPath, [join(import.meta.dirname, '../../bin/access.ts'), ...args]).status)
  expect(codes).toEqual([0, 1, 2])
})
