import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { loadOrganisations } from '../../identity/organisations.ts'
import { nobody, principalFromClaims, stating } from '../../identity/principal.ts'
import type { Principal } from '../../policy/types.ts'
import { loadPersonas } from '../../synthetic/personas.ts'
import { createPopulation } from '../../synthetic/population.ts'
import { askSubgraph } from '../../test/support/ask-subgraph.ts'
import type { AskedSubgraph } from '../../test/support/ask-subgraph.ts'
import { createTestDatabase } from '../../test/support/create-test-database.ts'
import type { TestDatabase } from '../../test/support/create-test-database.ts'
import catalogue from '../catalogue/index.ts'
import { createPool } from '../kit/postgres/create-pool.ts'
import land from './index.ts'

type AccessCase = {
  name: string
  as: string
  purpose?: string
  case?: string
  opens?: string[]
  jurisdiction?: string[]
  query: string
  data: unknown
  codes?: string[]
}
const cases = parse(readFileSync(new URL('access.cases.yaml', import.meta.url), 'utf8')) as AccessCase[]

let database: TestDatabase
let pool: ReturnType<typeof createPool>
let asked: AskedSubgraph
/** What the stated case opens, of everybody. */
let opened: readonly string[] | null = null

beforeAll(async () => {
  database = await createTestDatabase(land, createPopulation({ seed: 1, size: 300 }))
  pool = createPool(database.as(), { applicationName: 'test', max: 4 })
  asked = askSubgraph(land, { pool, beside: [catalogue], factsOf: () => ({ caseCoordinates: opened }) })
})
afterAll(async () => {
  await pool.end()
  await database.drop()
})

function callerOf(caller: Pick<AccessCase, 'as' | 'purpose' | 'case' | 'jurisdiction'>): Principal {
  const { as, jurisdiction } = caller
  const claims = loadPersonas().find(({ persona }) => persona === as)?.claims
  if (claims === null) return nobody
  const changed = jurisdiction === undefined ? claims : { ...claims, jurisdiction }
  const principal = principalFromClaims(changed, 'token', loadOrganisations())
  if (principal === null) throw new Error(`${as} is no persona`)
  return stating(principal, { purpose: caller.purpose ?? null, caseNumber: caller.case ?? null })
}

describe('the land subgraph', () => {
  it.each(cases)('$name', async (one) => {
    opened = one.opens ?? null
    const answer = await asked.ask(one.query, callerOf(one))
    const codes = answer.errors?.map((error) => `${error.path?.join('.')} ${String(error.extensions['code'])}`) ?? []
    expect(JSON.parse(JSON.stringify(answer.data))).toEqual(one.data)
    expect(codes.toSorted()).toEqual((one.codes ?? []).toSorted())
  })

  it('records for each person what was read of theirs, and nothing for open data', async () => {
    opened = null
    const before = asked.records.length
    await asked.ask('{ landParcel(parcelId: "00004_12_345") { areaM2 landUses { areaM2 } } }')
    expect(asked.records).toHaveLength(before)
    const officer = callerOf({ as: 'land-officer', purpose: 'LAND_REGISTRATION' })
    await asked.ask('{ landParcel(parcelId: "00004_12_345") { rights { user { share } } } }', officer)
    const read = asked.records
      .slice(before)
      .flatMap(({ entries }) => entries)
      .filter(({ coordinates }) => coordinates.includes('LandUser.share'))
    expect(read.map(({ subject, outcome }) => [subject, outcome]).toSorted()).toEqual([
      ['901085000101', 'ALLOW'],
      ['901186000106', 'ALLOW'],
    ])
  })
})
