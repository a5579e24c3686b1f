import type { PoolConfig } from 'pg'
import { loadStaffRelations } from '../../synthetic/staff-relations.ts'
import { createPseudonyms } from '../kit/log/pseudonym.ts'
import { createPool } from '../kit/postgres/create-pool.ts'
import { registerStaffRelations } from './register-relations.ts'

/** Puts the synthetic relatives of the personas into the register: where there are personas, nobody's personnel records are. */
export async function fillRegister(database: PoolConfig, pseudonymKey: Uint8Array): Promise<void> {
  const pool = createPool(database, { applicationName: 'graph register', max: 1 })
  try {
    await registerStaffRelations(pool, createPseudonyms(pseudonymKey), loadStaffRelations())
  } finally {
    await pool.end()
  }
}
