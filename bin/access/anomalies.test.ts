import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { disclosureRecord, entry } from '../../test/support/disclosures.ts'
import { oversightDatabase, type OversightDatabase } from '../../test/support/oversight-database.ts'
import type { Anomaly } from '../../subgraphs/oversight/anomalies/anomalies.ts'
import { createAnomalies } from './anomalies.ts'

let database: OversightDatabase
beforeAll(async () => {
  database = await oversightDatabase()
  const { user, password, database: name, host, port } = database.as('oversight_app')
  process.env['DATABASE_URL_OVERSIGHT'] =
    `postgres://${user}:${String(password)}@localhost:${port}/${name}?host=${host}`
}, 120_000)
afterAll(async () => {
  delete process.env['DATABASE_URL_OVERSIGHT']
  await database.close()
}, 60_000)
afterEach(() => {
  process.exitCode = undefined
})

async function run(args: readonly string[]) {
  let value: unknown
  let text = ''
  const verb = createAnomalies({
    print: (_json, told, words) => {
      value = told
      text = words()
    },
  })
  verb.exitOverride().configureOutput({ writeErr: () => undefined })
  const code = await verb.parseAsync(args, { from: 'user' }).then(
    () => process.exitCode ?? 0,
    (error: { exitCode?: number }) => error.exitCode,
  )
  return { code, value: value as Anomaly[], text }
}

test('ends with 0 where nothing is worth a look, with 1 and the records where something is', async () => {
  expect(await run([])).toMatchObject({ code: 0, value: [], text: 'nothing worth a look\n' })
  const at = new Date(Date.now() - 1000)
  await database.log().append(disclosureRecord([entry('901185000001', { outcome: 'DENY', code: 'RATE_LIMITED' })], at))
  const { code, value, text } = await run([])
  expect(code).toBe(1)
  expect(value).toMatchObject([{ kind: 'ENUMERATION', count: 1, organisation: { code: 'UBND-00004' } }])
  expect(value[0]?.records).toHaveLength(1)
  expect(text).toContain(value[0]?.records[0])
  expect(text).not.toContain('901185000001')
})

test('looks as far back as it is told, and refuses what is no date', async () => {
  expect(await run(['--since', '2999-01-01'])).toMatchObject({ code: 0, value: [] })
  expect(await run(['--since', 'yesterday'])).toMatchObject({ code: 2 })
})
