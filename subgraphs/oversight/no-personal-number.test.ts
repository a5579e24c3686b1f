import { afterAll, beforeAll, expect, it } from 'vitest'
import { askSubgraph } from '../../test/support/ask-subgraph.ts'
import { disclosureRecord, entry, officer } from '../../test/support/disclosures.ts'
import { oversightDatabase } from '../../test/support/oversight-database.ts'
import type { OversightDatabase } from '../../test/support/oversight-database.ts'
import { createSealedIds } from '../kit/sealed-ids.ts'
import oversight from './index.ts'
import { sequenceLeaves } from './sequence-leaves.ts'

let database: OversightDatabase
beforeAll(async () => {
  database = await oversightDatabase()
})
afterAll(() => database.close())

/** Every row of every table as text, bytes as the text they hold and as hexadecimal. */
async function dump(): Promise<string> {
  const tables = await database.rows<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
  )
  const values: unknown[] = []
  for (const { name } of tables) {
    const rows = await database.rows<Record<string, unknown>>(`select * from ${name}`)
    values.push(...rows.flatMap((row) => Object.values(row)))
  }
  return values
    .map((value) =>
      Buffer.isBuffer(value) ? `${value.toString('latin1')} ${value.toString('hex')}` : JSON.stringify(value),
    )
    .join('\n')
}

it('has no personal number anywhere, wherever a caller put one', async () => {
  const [subject, caller, presented] = ['901085000101', '901187000102', '999999999999']
  const citizen = officer({
    kind: 'CITIZEN',
    sub: caller,
    personalId: caller,
    org: null,
    orgKind: null,
    clientId: caller,
    actor: caller,
    caseNumber: `HS-${presented}`,
    purpose: null,
  })
  const record = disclosureRecord(
    [entry(subject, { caseNumber: subject }), entry(presented, { outcome: 'DENY' })],
    new Date(),
    citizen,
  )
  const log = database.log()
  await log.append({ ...record, operation: `Q${subject}`, requestId: `${caller}-1`, traceId: `trace ${presented}` })
  await sequenceLeaves(database.admin, null)

  const text = await dump()
  expect(text).toContain(log.writer)
  for (const number of [subject, caller, presented]) {
    for (const form of [
      number,
      Buffer.from(number).toString('hex'),
      Buffer.from(number).toString('base64'),
      Number(number).toString(16),
    ]) {
      expect(text.includes(form), form).toBe(false)
    }
  }
})

it('never sees one in a statement or its parameters when a timeline is read', async () => {
  const person = '901085000101'
  const pool = database.pool('oversight_app')
  const sent: unknown[] = []
  const listening = Object.assign(Object.create(pool) as typeof pool, {
    query: (...args: Parameters<typeof pool.query>) => {
      sent.push(args)
      return pool.query(...args)
    },
    connect: async () => {
      const client = await pool.connect()
      const query = client.query.bind(client) as unknown as (...args: unknown[]) => unknown
      return Object.assign(client, {
        query: (...args: unknown[]) => {
          sent.push(args)
          return query(...args)
        },
      })
    },
  })
  const reader = officer({
    kind: 'CITIZEN',
    sub: 's',
    personalId: person,
    org: null,
    orgKind: null,
    purpose: null,
    audience: 's',
  })
  const id = createSealedIds([{ id: 'test', secret: new Uint8Array(64).fill(7) }]).seal('Citizen', person, 's')
  await database.log().append(disclosureRecord([entry(person)], new Date()))
  const { ask } = askSubgraph(oversight, { pool: listening })
  const result = await ask(
    `{ _entities(representations: [{ __typename: "Citizen", id: "${id}" }]) { ... on Citizen { accessHistory { nodes { at subject { id } } } } } }`,
    reader,
  )
  expect(result).toMatchObject({ data: { _entities: [{ accessHistory: { nodes: [{ subject: { id } }, {}] } }] } })
  expect(sent.length).toBeGreaterThanOrEqual(2)
  expect(JSON.stringify(sent)).not.toContain(person)
})
