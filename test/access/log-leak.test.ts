import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { loadYaml } from '../../policy/load-yaml.ts'
import { registry } from '../../subgraphs/registry.ts'
import { callerOf, goldenFile } from '../golden/golden-case.ts'
import { openWholeGraph, type WholeGraph } from '../support/whole-graph.ts'

/** What one person must never be known by outside an answer: columns of single values, by database. */
const personal: Readonly<Record<string, string>> = {
  population: `select unnest(array[personal_id, full_name, other_name, old_id_number, phone_number, email, residence_file_no])
    as value from citizen union select text from residence_address union select text from admin_address`,
  health: 'select card_no as value from insurance_card union select reason from visit',
  'social-security': 'select si_no as value from si_member union select payment_account from benefit',
  land: 'select issue_no as value from certificate_entry union select mortgagee from restriction_entry',
}

let graph: WholeGraph
let written = ''
let metricsAt = ''
const canaries = new Set<string>()
beforeAll(async () => {
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((chunk) => {
      written += String(chunk)
      return true
    })
  for (const method of ['debug', 'log', 'info', 'warn', 'error'] as const)
    vi.spyOn(console, method).mockImplementation((...words) => void (written += words.map(String).join(' ')))
  graph = await openWholeGraph()
  metricsAt = (await graph.listen()).replace('/graphql', '/metrics')
  for (const [subgraph, text] of Object.entries(personal))
    for (const { value } of await run<{ value: string | null }>(subgraph, text))
      if (value !== null && value.length >= 8) canaries.add(value)
}, 120_000)
afterAll(async () => {
  vi.restoreAllMocks()
  await graph.close()
})

async function run<Row extends object>(subgraph: string, text: string): Promise<Row[]> {
  const client = new Client(graph.databases.get(subgraph)?.superuser)
  await client.connect()
  try {
    return (await client.query<Row>(text)).rows
  } finally {
    await client.end()
  }
}

/** What was said anywhere but in an answer. */
const said = async (): Promise<string> => {
  const metrics = await fetch(metricsAt)
  return [written, graph.logged(), await metrics.text()].join('\n')
}

const leaked = async (): Promise<string[]> => {
  const text = await said()
  return [...canaries].filter((value) => text.includes(value))
}

describe('logs, output and metrics hold nobody’s data', () => {
  test('after every golden case was asked', async () => {
    for (const { name, folder } of registry)
      for (const { as, purpose, case: caseNumber, query, variables } of loadYaml(
        goldenFile,
        readFileSync(join(folder, 'cases.yaml'), 'utf8'),
        name,
      ))
        await graph.ask({ as: callerOf(as), purpose, case: caseNumber, query, variables })
    expect(canaries.size).toBeGreaterThan(200)
    expect(await leaked()).toEqual([])
  }, 60_000)

  test('after requests that hold it where it does not belong', async () => {
    const number = '901085000101'
    const bad = [
      `{ citizen(personalId: "${number}x") { fullName } }`,
      `{ citizen(personalId: ${number}) { fullName } }`,
      `{ node(id: "${number}") { id } }`,
      `{ landParcel(parcelId: "${number}") { areaM2 } }`,
      `{ citizen${number} { fullName } }`,
      `query Q${number} { me { fullName } }`,
      `{ me { n${number}: fullName } }`,
      `{ me { fullName( `,
      `{ searchCitizens(name: "Nguyễn Văn An", dateOfBirth: "${number}") { nodes { fullName } } }`,
    ]
    for (const query of bad) {
      await graph.ask({ as: 'citizen', query })
      await graph.ask({ as: 'citizen', query, purpose: number, case: number })
    }
    expect(await leaked()).toEqual([])
  })

  test('after PostgreSQL itself quoted it in an error', async () => {
    const columns = await run<{ name: string }>(
      'population',
      `select column_name as name from information_schema.columns where table_name = 'citizen' order by ordinal_position`,
    )
    const selected = columns.map(({ name }) => (name === 'full_name' ? 'full_name::int::text as full_name' : name))
    await run(
      'population',
      `alter table citizen rename to citizen_data;
       create view citizen as select ${selected.join(', ')} from citizen_data;
       grant select on citizen to population_app`,
    )
    const { body } = await graph.ask({ as: 'citizen', query: '{ me { fullName sex } }' })
    expect(body.errors?.map(({ extensions }) => extensions?.['code'])).toContain('INTERNAL')
    expect(JSON.stringify(body)).not.toContain('Nguyễn')
    // It was told that something failed, or this would prove nothing.
    expect(graph.logged()).toContain('unexpected failure')
    expect(await leaked()).toEqual([])
  })
})
