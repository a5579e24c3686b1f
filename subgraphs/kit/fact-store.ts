import type { Pool } from 'pg'
import type { ConsentScope, PersonFacts, Principal, Relation, SubjectClass } from '../../policy/types.ts'
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

/**
 * Facts from the consent database's primary, through the functions its reader's role may call. Nothing is kept
 * between calls: what was withdrawn a moment ago is not answered (design I6). Rejects with consentStoreUnavailable when
 * the database can't be asked or leaves a person out.
 */
export function createFactStore(pool: Pool): FactStore {
  return {
    load: async (persons, principal, traceId) => {
      const asked = [...new Set(persons)]
      if (asked.length === 0) return new Map()
      const rows = await factsOf(pool, asked, principal, traceId)
      const facts = new Map(rows.map((row) => [row.person, factsFromRow(row)]))
      if (asked.some((person) => !facts.has(person))) throw consentStoreUnavailable('it left a person out')
      return facts
    },
    reserve: async (consentIds, traceId) => {
      const asked = [...new Set(consentIds)]
      if (asked.length === 0) return new Map()
      const rows = await ask<{ id: string; reserved: boolean }>(pool, 'reserve_reads', reserveReads, [asked, traceId])
      const reserved = new Map(rows.map(({ id, reserved: isReserved }) => [id, isReserved]))
      return new Map(asked.map((id) => [id, reserved.get(id) ?? false]))
    },
  }
}

const columns = 'person, subject_class, relation, consents'
const caseColumns = `${columns}, case_coordinates, approved_coordinates`

/** Most callers state no case: then none is looked for. */
function factsOf(pool: Pool, persons: string[], principal: Principal, traceId: string): Promise<FactRow[]> {
  const { personalId, org, purpose, caseNumber, unit } = principal
  if (caseNumber === null) {
    const text = `select ${columns} from consent_facts($1, $2, $3, $4, $5)`
    return ask(pool, 'consent_facts', text, [persons, personalId, org, purpose, traceId])
  }
  const text = `select ${caseColumns} from request_facts($1, $2, $3, $4, $5, $6, $7, $8)`
  // Who handles a case is whoever acts: the app where one acts for a citizen, else the signed-in officer.
  const staff = principal.actor ?? principal.sub
  return ask(pool, 'request_facts', text, [persons, personalId, org, purpose, caseNumber, staff, unit, traceId])
}

const reserveReads = 'select consent_id::text as id, reserved from reserve_reads($1::uuid[], $2)'

const factsFromRow = (row: FactRow): PersonFacts => ({
  subjectClass: row.subject_class,
  relation: row.relation,
  consents: row.consents,
  caseCoordinates: row.case_coordinates ?? null,
  approvedCoordinates: row.approved_coordinates ?? null,
})

async function ask<T>(pool: Pool, name: string, text: string, values: unknown[]): Promise<T[]> {
  try {
    return (await pool.query({ name, text, values })).rows as T[]
  } catch (error) {
    throw consentStoreUnavailable('it could not be asked', error)
  }
}
