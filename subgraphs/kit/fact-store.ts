import type { Pool } from 'pg'
import type { ConsentScope, PersonFacts, Principal, Relation, SubjectClass } from '../../policy/types.ts'
import { createAskedTogether } from './asked-together.ts'
import { consentStoreUnavailable } from './consent-store-unavailable.ts'
import type { FactStore } from './types.ts'

type FactRow = {
  person: string
  subject_class: SubjectClass
  relation: Relation
  consents: ConsentScope[]
  case_coordinates?: string[] | null
  approved_coordinates?: string[] | null
}

/** Whose facts a request asks for. */
type Ask = { persons: readonly string[]; principal: Principal; traceId: string }

/** A request about more people than this is asked for by itself. */
const fewPersons = 10

/**
 * Facts from the consent database's primary, through the functions its reader's role may call. Nothing is kept
 * between calls: what was withdrawn a moment ago is not answered (design I6). Requests that ask at the same time share a
 * statement. Rejects with consentStoreUnavailable when the database can't be asked or leaves a person out.
 */
export function createFactStore(pool: Pool): FactStore {
  const together = createAskedTogether((asks: readonly Ask[]) => consentFacts(pool, asks))
  const rowsFor = async (ask: Ask): Promise<readonly FactRow[]> => {
    // Most callers state no case: then none is looked for.
    if (ask.principal.caseNumber !== null) return caseFacts(pool, ask)
    if (ask.persons.length <= fewPersons) return together(ask)
    const [rows = []] = await consentFacts(pool, [ask])
    return rows
  }
  return {
    load: async (given, principal, traceId) => {
      const persons = [...new Set(given)]
      if (persons.length === 0) return new Map()
      const rows = await rowsFor({ persons, principal, traceId }).catch(refuse)
      const facts = new Map(rows.map((row) => [row.person, factsFromRow(row)]))
      if (persons.some((person) => !facts.has(person))) throw consentStoreUnavailable('it left a person out')
      return facts
    },
    reserve: async (consentIds, traceId) => {
      const asked = [...new Set(consentIds)]
      if (asked.length === 0) return new Map()
      const statement = { name: 'reserve_reads', text: reserveReads, values: [asked, traceId] }
      const { rows } = await pool.query<{ id: string; reserved: boolean }>(statement).catch(refuse)
      const reserved = new Map(rows.map(({ id, reserved: isReserved }) => [id, isReserved]))
      return new Map(asked.map((id) => [id, reserved.get(id) ?? false]))
    },
  }
}

const reserveReads = 'select consent_id::text as id, reserved from reserve_reads($1::uuid[], $2)'

/** The rows of each ask, in their order. */
async function consentFacts(pool: Pool, asks: readonly Ask[]): Promise<FactRow[][]> {
  const each = asks.flatMap((ask, index) => ask.persons.map((person) => ({ index, person, ask })))
  const { rows } = await pool.query<FactRow & { place: string }>({
    name: 'consent_facts',
    text: 'select place, person, subject_class, relation, consents from consent_facts($1, $2, $3, $4, $5)',
    values: [
      each.map(({ person }) => person),
      each.map(({ ask }) => ask.principal.personalId),
      each.map(({ ask }) => ask.principal.org),
      each.map(({ ask }) => ask.principal.purpose),
      each.map(({ ask }) => ask.traceId),
    ],
  })
  const found: FactRow[][] = asks.map(() => [])
  for (const { place, ...row } of rows) {
    const index = each[Number(place) - 1]?.index
    if (index !== undefined) found[index]?.push(row)
  }
  return found
}

async function caseFacts(pool: Pool, { persons, principal, traceId }: Ask): Promise<FactRow[]> {
  const { personalId, org, purpose, caseNumber, unit } = principal
  // Who handles a case is whoever acts: the app where one acts for a citizen, else the signed-in officer.
  const staff = principal.actor ?? principal.sub
  const { rows } = await pool.query<FactRow>({
    name: 'request_facts',
    text:
      'select person, subject_class, relation, consents, case_coordinates, approved_coordinates ' +
      'from request_facts($1, $2, $3, $4, $5, $6, $7, $8)',
    values: [persons, personalId, org, purpose, caseNumber, staff, unit, traceId],
  })
  return rows
}

const factsFromRow = (row: FactRow): PersonFacts => ({
  subjectClass: row.subject_class,
  relation: row.relation,
  consents: row.consents,
  caseCoordinates: row.case_coordinates ?? null,
  approvedCoordinates: row.approved_coordinates ?? null,
})

function refuse(error: unknown): never {
  throw consentStoreUnavailable('it could not be asked', error)
}
