import type { IncomingHttpHeaders } from 'node:http'
import type { GraphQLError } from 'graphql'
import { nobody, stating } from '../identity/principal.ts'
import type { Verifier } from '../identity/verifier.ts'
import { problem } from '../policy/errors.ts'
import type { PurposeRegistry } from '../policy/purposes.ts'
import type { Principal } from '../policy/types.ts'

/** Who asks; `refused` where they state a purpose that is not theirs. */
export type Caller = { principal: Principal; refused: GraphQLError | null }

/** What believing a caller takes. */
export type CallerDeps = { verifier: Verifier; purposes: Pick<PurposeRegistry, 'isStatable' | 'codes' | 'get'> }

/**
 * Reads `Authorization`, `X-Purpose` and `X-Case`. Without a token the caller is nobody. Rejects with UNAUTHENTICATED
 * for a token that does not hold; a purpose this caller may not state is `refused` with PURPOSE_NOT_ALLOWED, known to
 * the register or not, so that the register can't be probed.
 */
export async function callerFromHeaders(headers: IncomingHttpHeaders, deps: CallerDeps): Promise<Caller> {
  const token = bearerToken(headers.authorization)
  const caller = token === null ? nobody : await deps.verifier.verify(token)
  const purpose = stated(headers['x-purpose'])
  const caseNumber = stated(headers['x-case'])
  if (caseNumber !== null && !/^[A-Z0-9][A-Z0-9./-]{0,39}$/.test(caseNumber)) {
    throw problem('BAD_USER_INPUT', { vi: 'X-Case không phải số hồ sơ', en: 'X-Case is not a case number' })
  }
  if (purpose === null || deps.purposes.isStatable(caller, purpose)) {
    return { principal: stating(caller, { purpose, caseNumber }), refused: null }
  }
  const known = deps.purposes.get(purpose) === null ? null : purpose
  return {
    principal: stating(caller, { purpose: known, caseNumber }),
    refused: problem('PURPOSE_NOT_ALLOWED', undefined, { purposes: deps.purposes.codes(caller) }),
  }
}

/** RFC 6750 §2.1. Null where no credentials are shown; anything but one bearer token is refused. */
function bearerToken(header: string | undefined): string | null {
  if (header === undefined || header === '') return null
  const token = /^Bearer +([\w.~+/=-]+) *$/i.exec(header)?.[1]
  if (token === undefined) throw problem('UNAUTHENTICATED')
  return token
}

function stated(header: string | string[] | undefined): string | null {
  const text = Array.isArray(header) ? header.join(',') : (header ?? '')
  return text.trim() === '' ? null : text.trim()
}
