import type { preHandlerAsyncHookHandler } from 'fastify'
import type { DisclosureEntry } from '../../policy/disclosure.ts'
import { problem } from '../../policy/errors.ts'
import { createContext } from '../context.ts'
import { callerFromHeaders } from '../principal.ts'
import type { CallerDeps } from '../principal.ts'
import { recorded } from './record-request.ts'
import type { RecordDeps } from './record-request.ts'
import { refuse } from './refuse.ts'

/**
 * Makes the request's context out of its headers. A caller who states a purpose that is not theirs is known by name, so
 * the attempt is recorded before it is refused; a token nobody signed has no name to record, and is only counted.
 */
export function authenticate(deps: CallerDeps & RecordDeps): preHandlerAsyncHookHandler {
  return async (request) => {
    const { principal, refused } = await callerFromHeaders(request.headers, deps)
    const context = createContext(principal, request.id)
    if (refused !== null) {
      context.refusals.push(purposeRefused)
      throw refuse((await recorded(deps, context, null)) ? refused : problem('LOG_UNAVAILABLE'))
    }
    request.graph = context
  }
}

const purposeRefused: DisclosureEntry = Object.freeze({
  subject: null,
  coordinates: [],
  outcome: 'DENY',
  code: 'PURPOSE_NOT_ALLOWED',
  level: 'L0',
  rule: 'purpose-of-organisation',
  basis: null,
  citation: 'Luật 91/2025/QH15, Điều 9',
  consentId: null,
  consentVersion: null,
  caseNumber: null,
})
