import { CommanderError, type Command } from 'commander'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createFigures } from '../../bin/statistics/figures.ts'
import { createFindings } from '../../bin/statistics/findings.ts'
import type { VerbTools } from '../../bin/statistics/operator-verb.ts'
import { createQuality } from '../../bin/statistics/quality.ts'
import { withClient } from '../../subgraphs/kit/postgres/with-client.ts'
import { registry } from '../../subgraphs/registry.ts'
import { disagreements } from '../../synthetic/disagreements.ts'
import { createPopulation } from '../../synthetic/population.ts'
import { createTestDatabase, type TestDatabase } from '../support/create-test-database.ts'

const population = createPopulation({ seed: 20_250_701, size: 1000 })
const names = ['catalogue', 'population', 'land', 'health', 'social-security', 'oversight', 'statistics']
const databases = new Map<string, TestDatabase>()
const environment: Record<string, string> = {}

beforeAll(async () => {
  for (const definition of registry.filter(({ name }) => names.includes(name))) {
    const database = await createTestDatabase(definition, population)
    databases.set(definition.name, database)
    const { user = '', password, host = '', port } = database.superuser
    environment[`DATABASE_URL_${definition.name.toUpperCase().replaceAll('-', '_')}`] =
      `postgres://${user}:${String(password)}@localhost:${port}/${database.name}?host=${encodeURIComponent(host)}`
  }
}, 240_000)
afterAll(async () => {
  for (const database of databases.values()) await database.drop()
})

async function run(create: (tools: VerbTools) => Command, ...args: string[]): Promise<{ text: string; code: number }> {
  const written: string[] = []
  const print = (text: string): void => void written.push(text)
  const verb = create({ print, environment }).exitOverride().configureOutput({ writeErr: print })
  const code = await verb.parseAsync(args, { from: 'user' }).then(
    () => 0,
    (error: unknown) => (error instanceof CommanderError ? error.exitCode : -1),
  )
  return { text: written.join(''), code }
}

describe('the operator', { timeout: 60_000 }, () => {
  test('can not count a commune again that was never counted', async () => {
    const { text, code } = await run(createFigures, '--communes', '00004')
    expect([text.trim(), code]).toEqual([
      'no commune of today that was counted before: 00004. Count everything first',
      1,
    ])
  })

  test('counts everything, then one commune alone', async () => {
    expect(await run(createFigures)).toMatchObject({ code: 0, text: expect.stringMatching(/^counted 9\d\d residents/) })
    const { text, code } = await run(createFigures, '--communes', '00004')
    expect([/^counted \d{1,2} residents/.test(text), code]).toEqual([true, 0])
    const again = await withClient(databases.get('statistics')?.superuser ?? {}, (client) =>
      client.query('select unit from unit_refresh'),
    )
    expect(again.rows).toEqual([{ unit: '00004' }])
  })

  test('measures quality, and the owner reads which of its own records disagree', async () => {
    expect(await run(createQuality)).toMatchObject({ code: 0, text: expect.stringMatching(/^took \d+ measures\n$/) })
    const { text, code } = await run(createFindings, 'land')
    const planted = disagreements(population).filter(({ domain }) => domain === 'land')
    const found = text
      .split('\n')
      .slice(1, -1)
      .map((line) => line.split(',').slice(0, 2).join(' '))
    expect([found.toSorted(), code]).toEqual([
      planted.map(({ personalId, field }) => `${personalId} ${field}`).toSorted(),
      0,
    ])
  })

  test('is told by a line when there is no such database, or none that answers', async () => {
    expect((await run(createFindings, 'tax')).code).toBe(1)
    environment['DATABASE_URL_STATISTICS'] = 'postgres://nobody@localhost:1/nowhere'
    const { text, code } = await run(createQuality)
    expect([code, text.includes('nowhere')]).toEqual([1, false])
  })
})
