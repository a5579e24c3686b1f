import type { Organisation } from '../../identity/organisations.ts'
import { nobody, principalFromClaims, stating } from '../../identity/principal.ts'
import { callerFromPrincipal } from '../caller.ts'
import { problem } from '../errors.ts'
import type { PurposeRegistry } from '../purposes.ts'
import { factsBeforePlanning } from '../row-facts.ts'
import { askerOfClass, type Asker } from './asker.ts'
import type { CallerClass } from './caller-classes.ts'

/** Who a what-if asks as: a persona with what it states, or a kind of caller, whose name says the purpose. */
export type AskingAs = { as: string; purpose?: string | null | undefined; isCaseStated?: boolean }

/** Who can be named. `personas` by name: their claims (null: nobody signs in) and the purposes they may state. */
export type Nameable = {
  callers: readonly CallerClass[]
  purposes: PurposeRegistry
  personas: readonly { persona: string; claims: unknown; purposes: readonly string[] }[]
  organisations: ReadonlyMap<string, Organisation>
}

/**
 * The asker behind a name: a caller class of the matrix, or a persona with its first purpose or the one named (NONE:
 * none). Throws BAD_USER_INPUT for a name that is none, and for a purpose that this persona may not state.
 */
export function namedAsker(
  { callers, purposes, personas, organisations }: Nameable,
  { as, purpose, isCaseStated = false }: AskingAs,
): Asker {
  const callerClass = callers.find(({ name }) => name === as)
  if (callerClass !== undefined) return askerOfClass(callerClass, purposes)
  const persona = personas.find((one) => one.persona === as)
  const signedIn = persona?.claims === null ? nobody : principalFromClaims(persona?.claims, '', organisations)
  if (persona === undefined || signedIn === null) throw noSuchCaller()
  const statable = purposes.codes(signedIn)
  const stated = purpose === 'NONE' ? null : (purpose ?? persona.purposes[0] ?? null)
  if (stated !== null && !statable.includes(stated)) throw notStatable(statable)
  // Which case it is, nobody asks here: only whether one is stated.
  const principal = stating(signedIn, { purpose: stated, caseNumber: isCaseStated ? 'stated' : null })
  return { caller: callerFromPrincipal(principal), facts: factsBeforePlanning(principal), statable }
}

const noSuchCaller = () =>
  problem('BAD_USER_INPUT', { vi: 'không có người hỏi này', en: 'no such persona or kind of caller' })

function notStatable(statable: readonly string[]) {
  const codes = statable.join(', ')
  return problem('BAD_USER_INPUT', {
    vi: `người hỏi này không được nêu mục đích đó (PURPOSE_NOT_ALLOWED); được nêu: ${codes || 'không mục đích nào'}`,
    en: `this caller may not state that purpose (PURPOSE_NOT_ALLOWED); it may state ${codes || 'none'}`,
  })
}
