import type { Pool } from 'pg'
import type { Pseudonyms } from '../kit/log/pseudonym.ts'

/** A relative of somebody who works with the graph: the account at an organisation, and the relative's number. */
export type StaffRelation = {
  organisation: string
  account: string
  person: string
  kind: 'SPOUSE' | 'PARENT' | 'CHILD' | 'SIBLING' | 'OTHER'
}

/**
 * Adds to the register of staff's relatives, as pseudonyms of the log's key: neither name nor number goes there. `pool`
 * is the oversight database as `oversight_registrar`. Gives how many were new.
 */
export async function registerStaffRelations(
  pool: Pool,
  pseudonyms: Pseudonyms,
  relations: readonly StaffRelation[],
): Promise<number> {
  const coded = relations.map(({ organisation, account, person, kind }) => ({
    staff: pseudonyms.staff(organisation, account),
    subject: pseudonyms.subject(person),
    kind,
  }))
  const { rows } = await pool.query<{ added: number }>('select register_staff_relations($1) as added', [
    JSON.stringify(coded),
  ])
  return rows[0]?.added ?? 0
}
