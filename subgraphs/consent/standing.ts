import type { PoolClient } from 'pg'
import type { SubgraphContext } from '../kit/types.ts'
import { citizenInPerson, type Citizen } from './caller.ts'
import { openId } from './rows.ts'
import { refuse } from './user-error.ts'

/** A consent with the one who acts on it: its subject, or who may speak for the subject today. */
export type Standing = {
  id: string
  subject: string
  granteeOrg: string
  citizen: Citizen
  role: 'SUBJECT' | 'REPRESENTATIVE'
  state: string
  version: number
  coordinates: readonly string[]
  sensitive: readonly string[]
  noticeHash: string
  level: 'L2' | 'L3'
}

/**
 * Finds the consent of a sealed id and what the caller is to it. Ends the mutation alike where there is none and where
 * it is none of the caller's. Locks nothing: the database looks again at whatever is then written.
 */
export async function standingIn(client: PoolClient, consentId: string, context: SubgraphContext): Promise<Standing> {
  const citizen = citizenInPerson(context.principal)
  const key = openId(consentId, 'Consent', context, ['input', 'consentId'])
  const { rows } = await client.query<Omit<Standing, 'citizen' | 'role' | 'level'> & { represents: boolean }>(
    `select id, subject, grantee_org as "granteeOrg", state, version, coordinates, sensitive, notice_hash as "noticeHash", is_representative($2, subject) as represents
       from consent_now where id = $1`,
    [key, citizen.personalId],
  )
  const [found] = rows
  const role = found?.subject === citizen.personalId ? 'SUBJECT' : found?.represents ? 'REPRESENTATIVE' : null
  if (found === undefined || role === null) {
    return refuse('NOT_FOUND', { vi: 'mã định danh không dùng được ở đây', en: 'the id is not valid here' }, [
      'input',
      'consentId',
    ])
  }
  const { represents: _represents, ...consent } = found
  return { ...consent, citizen, role, level: consent.sensitive.length > 0 ? 'L3' : 'L2' }
}
