import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { parse } from 'graphql'
import type { ExecutionResult } from 'graphql'
import type { Pool } from 'pg'
import { nobody } from '../../identity/principal.ts'
import { classesFromSdl } from '../../policy/classification.ts'
import type { DisclosureRecord } from '../../policy/disclosure.ts'
import { loadPolicy } from '../../policy/load-policy.ts'
import type { Principal } from '../../policy/types.ts'
import { subgraphDocument } from '../../schema/subgraph-document.ts'
import consent from '../../subgraphs/consent/index.ts'
import { createSubgraph } from '../../subgraphs/kit/create-subgraph.ts'
import { createFactStore } from '../../subgraphs/kit/fact-store.ts'
import { createPool } from '../../subgraphs/kit/postgres/create-pool.ts'
import { createSealedIds } from '../../subgraphs/kit/sealed-ids.ts'
import { subgraphSdl } from '../../subgraphs/kit/sdl.ts'
import type { SubgraphServices } from '../../subgraphs/kit/types.ts'
import { uncounted } from './uncounted.ts'
import { createTestDatabase } from './create-test-database.ts'

/** Fields of a made-up database: one of each sort that consent tells apart. */
export const sampleFields = `
  type Citizen @key(fields: "id") @subject(persons: ["id"]) @classified(sharing: RESTRICTED, owner: "BCA") {
    id: ID! @classified(dict: "x-core.id", sharing: SHARED, personal: [B11], owner: "BCA", structure: true)
    fullName: String @classified(dict: "x-sample.full-name", personal: [B1])
    nickname: String @classified(dict: "x-sample.nickname", personal: [B1])
    personalId: String @classified(dict: "x-sample.personal-id", personal: [B7])
    income: String @classified(dict: "x-sample.income", personal: [S_K])
    belief: String @classified(dict: "x-sample.belief", personal: [S_B])
    diagnosis: String @classified(dict: "x-sample.diagnosis", personal: [S_D])
    cardImage: String @classified(dict: "x-sample.card-image", personal: [S_I])
  }
  type Code { name: String @classified(dict: "x-sample.code", sharing: OPEN, owner: "BCA") }
`

/** Who the database knows; ages are counted from today. */
export const people = {
  adult: '901080000001',
  otherAdult: '901181000002',
  parent: '901182000003',
  otherParent: '901082000004',
  smallChild: '901322000005',
  child: '901214000006',
  ward: '901070000007',
  guardian: '901071000008',
  dead: '901060000009',
  unknown: '901099999999',
} as const

export type ConsentDatabase = Awaited<ReturnType<typeof consentDatabase>>

/** A consent database of a test file's own, with people in it, asked as its roles and through its subgraph. */
export async function consentDatabase() {
  const database = await createTestDatabase(consent)
  const poolOf = (config: object, name: string, max = 8): Pool => createPool(config, { applicationName: name, max })
  const admin = poolOf(database.superuser, 'test admin')
  const app = poolOf(database.as(), 'test app')
  const reader = poolOf(database.as('consent_reader'), 'test reader')
  await addPeople(admin)

  const records: DisclosureRecord[] = []
  const services = servicesOf(app, reader, async (record) => void records.push(record))
  const { rules } = loadPolicy()
  const policy = {
    classes: services.graph.classes,
    arguments: new Map(),
    rules: rules.rules,
    bundleHash: rules.hash,
    schemaHash: 's',
  }
  const subgraph = createSubgraph(consent, subgraphDocument(consent).document, policy, services)
  return {
    admin,
    app,
    reader,
    services,
    records,
    database,
    facts: services.facts,
    /** Runs one operation of the subgraph, as the gateway would send it. */
    ask: (principal: Principal, query: string, variables: Record<string, unknown> = {}): Promise<ExecutionResult> =>
      subgraph.run({
        document: parse(query),
        operationName: null,
        variables,
        principal,
        requestId: 'request',
        traceId: randomUUID(),
      }),
    seal: (type: string, key: string, principal: Principal) => services.ids.seal(type, key, principal.audience),
    close: async () => {
      for (const pool of [admin, app, reader]) await pool.end()
      await database.drop()
    },
  }
}

function servicesOf(pool: Pool, reader: Pool, append: (record: DisclosureRecord) => Promise<void>): SubgraphServices {
  const { document } = subgraphDocument(consent)
  const { classes } = classesFromSdl(
    [
      { name: 'consent', document },
      { name: 'sample', document: subgraphSdl(sampleFields, 'sample') },
    ],
    { agencies: new Set(), dictionary: new Set() },
  )
  return {
    pool,
    log: { append },
    facts: createFactStore(reader),
    counts: uncounted,
    ids: createSealedIds([{ id: 'test', secret: new Uint8Array(64).fill(7) }]),
    keys: { signing: { kid: 'test', ...generateKeyPairSync('ed25519') }, pseudonym: new Uint8Array(32) },
    graph: {
      classes,
      names: new Map([['x-sample.income', { vi: 'Thu nhập', en: 'Income' }]]),
      rules: [],
      bundleHash: 'b',
      schemaHash: 's',
    },
    clock: () => new Date(),
  }
}

async function addPeople(admin: Pool): Promise<void> {
  await admin.query(
    `insert into subject (personal_id, born_on, birth_year, deceased_on, represented)
     select id, born::text, extract(year from born), died, represented from (values
       ($1, today() - interval '40 years', null::date, false), ($2, today() - interval '39 years', null, false),
       ($3, today() - interval '38 years', null, false), ($4, today() - interval '37 years', null, false),
       ($5, today() - interval '3 years', null, false), ($6, today() - interval '12 years', null, false),
       ($7, today() - interval '50 years', null, true), ($8, today() - interval '49 years', null, false),
       ($9, today() - interval '60 years', today() - 30, false)) as p(id, born_at, died, represented), lateral (select born_at::date as born) b`,
    Object.values(people).slice(0, 9),
  )
  await admin.query(
    `insert into guardianship (ward, representative, relation, authority_document, valid_from) values
       ($1, $3, 'PARENT', 'Giấy khai sinh', '2000-01-01'), ($2, $3, 'PARENT', 'Giấy khai sinh', '2000-01-01'),
       ($2, $4, 'PARENT', 'Giấy khai sinh', '2000-01-01'), ($5, $6, 'GUARDIAN', 'Quyết định', '2000-01-01')`,
    [people.smallChild, people.child, people.parent, people.otherParent, people.ward, people.guardian],
  )
}

/** A citizen signed in themselves, account 2 and authentication 3 unless said otherwise. */
export const citizenOf = (personalId: string, changes: Partial<Principal> = {}): Principal => ({
  ...nobody,
  kind: 'CITIZEN',
  sub: `vneid-${personalId}`,
  personalId,
  clientId: 'VNEID',
  accountLevel: 2,
  authnLevel: 3,
  audience: `citizen ${personalId}`,
  ...changes,
})

/** The bank's system, stating that it assesses credit. */
export const bankOf = (changes: Partial<Principal> = {}): Principal => ({
  ...nobody,
  kind: 'SYSTEM',
  sub: 'system-bank-demo-credit',
  org: 'BANK-DEMO',
  orgKind: 'PRIVATE',
  roles: ['credit-officer'],
  clientId: 'BANK-DEMO-CREDIT',
  accountLevel: 2,
  authnLevel: 3,
  purpose: 'CREDIT_ASSESSMENT',
  audience: 'BANK-DEMO BANK-DEMO-CREDIT',
  ...changes,
})

/** The procedure system's account. */
export const procedureSystemOf = (changes: Partial<Principal> = {}): Principal => ({
  ...nobody,
  kind: 'SYSTEM',
  sub: 'system-htttgq-tthc',
  org: 'HTTTGQ-TTHC',
  orgKind: 'PROCEDURE_SYSTEM',
  roles: ['case-registrar'],
  clientId: 'HTTTGQ-TTHC',
  accountLevel: 2,
  authnLevel: 3,
  purpose: 'CASE_REGISTRATION',
  audience: 'HTTTGQ-TTHC HTTTGQ-TTHC',
  ...changes,
})
