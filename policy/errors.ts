/** The two ways to make an error of the catalogue: a problem with a request, and the denial of a field. */
import { GraphQLError } from 'graphql'
import { errorCatalogue } from './error-catalogue.ts'
import { requestVolumeApproval, type ErrorPlace } from './remedies.ts'
import type { Decision, ErrorCode } from './types.ts'

/** A detail that is safe to show, for both readers. */
export type Detail = { vi: string; en: string }

/** True for a code of the catalogue. */
export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(errorCatalogue, code)
}

/**
 * An error that is not a verdict on a field. `detail` is appended to the sentence in each language and must hold
 * nothing but what the project itself wrote: no input, no value.
 */
export function problem(code: ErrorCode, detail?: Detail, at: ErrorPlace = {}): GraphQLError {
  const { vi, en, remedy } = errorCatalogue[code]
  return new GraphQLError(detail === undefined ? en : `${en}: ${detail.en}`, {
    extensions: {
      code,
      message_vi: detail === undefined ? vi : `${vi}: ${detail.vi}`,
      ...(at.coordinate === undefined ? {} : { coordinate: at.coordinate }),
      remedy: remedy(at),
      ...(at.requestId === undefined ? {} : { requestId: at.requestId }),
    },
  })
}

/**
 * The error of a denied field, as the contract shows it. A decision without a code is a mistake of the caller's and
 * becomes CLASSIFICATION_DENIED: the field stays closed.
 */
export function denial(decision: Decision, at: ErrorPlace & { coordinate: string; requestId: string }): GraphQLError {
  const code = decision.code ?? 'CLASSIFICATION_DENIED'
  const { vi, en, remedy: usual } = errorCatalogue[code]
  // Past a threshold it is no case that must be approved.
  const remedy = decision.failed === 'volume' && code === 'APPROVAL_REQUIRED' ? requestVolumeApproval : usual
  return new GraphQLError(en, {
    extensions: {
      code,
      coordinate: at.coordinate,
      level: decision.level,
      rule: decision.rule,
      citation: decision.citation,
      ...(decision.proposal ? { proposal: true } : {}),
      message_vi: vi,
      remedy: remedy({ ...at, level: decision.level }),
      requestId: at.requestId,
    },
  })
}
