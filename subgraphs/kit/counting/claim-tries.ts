import { createHmac, createSecretKey } from 'node:crypto'
import type { Pool } from 'pg'
import { problem } from '../../../policy/errors.ts'
import type { Principal } from '../../../policy/types.ts'
import type { VerificationPolicy } from '../../../policy/verification.ts'
import { createPseudonyms } from '../log/pseudonym.ts'

/** A claim that is about to be compared. */
export type ClaimTry = { claim: string; value: string }

/**
 * Takes a try of each claim about a person, who need not exist, before it is compared, and gives those claims of which the
 * caller or their organisation has tried too many different values. All replicas share one store. Rejects with
 * COUNT_UNAVAILABLE where it does not answer.
 */
export type ReserveTries = (
  principal: Principal,
  person: string,
  tries: readonly ClaimTry[],
  limits: VerificationPolicy['tries'],
  at: Date,
) => Promise<ReadonlySet<string>>

const dayMs = 86_400_000

/** Tries in the oversight database, through the one function a writer may call; under the log's pseudonyms. */
export function createClaimTries(pool: Pool, pseudonymKey: Uint8Array): ReserveTries {
  const pseudonyms = createPseudonyms(pseudonymKey)
  const secret = createSecretKey(pseudonymKey)
  // Keyed, and another for each person: the store tells neither what was claimed nor that the same was claimed of two.
  const hashOf = (person: string, { claim, value }: ClaimTry): string =>
    createHmac('sha256', secret)
      .update(`try:${JSON.stringify([person, claim, value])}`, 'utf8')
      .digest('base64url')

  return async ({ org, sub }, person, tries, { caller, organisation, days }, at) => {
    const staff = pseudonyms.staff(org, sub)
    const values = [
      // Citizens in person have no organisation, and share none.
      org ?? staff,
      staff,
      pseudonyms.subject(person),
      JSON.stringify(tries.map((one) => ({ claim: one.claim, value: hashOf(person, one) }))),
      at,
      new Date(at.getTime() - days * dayMs),
      caller,
      organisation,
    ]
    const text = 'select refused from reserve_tries($1, $2, $3, $4, $5, $6, $7, $8)'
    const { rows } = await pool.query<{ refused: string }>({ name: 'reserve-tries', text, values }).catch(() => {
      throw problem('COUNT_UNAVAILABLE')
    })
    return new Set(rows.map(({ refused }) => refused))
  }
}
