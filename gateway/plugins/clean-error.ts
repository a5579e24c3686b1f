import type { GraphQLFormattedError } from 'graphql'
import { errorCatalogue } from '../../policy/error-catalogue.ts'
import { isErrorCode, problem } from '../../policy/errors.ts'
import type { Detail } from '../../policy/errors.ts'
import type { ErrorCode } from '../../policy/types.ts'
import { notParsed, notValid } from '../../policy/operation/refused-document.ts'

/**
 * What a client may see of an error. One that the project made keeps its code, verdict and remedy, and nothing else: no
 * service name, response, address or stack. One that GraphQL or Apollo made gets a code of the catalogue and a message
 * that repeats no value. Anything unknown is INTERNAL and says so.
 */
export function cleanError(error: GraphQLFormattedError): GraphQLFormattedError {
  const code = error.extensions?.['code']
  if (isErrorCode(code) && typeof error.extensions?.['message_vi'] === 'string') return ownError(error, code)
  const [known, detail] = foreignError(error, String(code))
  const { message, extensions } = problem(known, detail)
  return { message, ...placeOf(error), extensions }
}

function ownError(error: GraphQLFormattedError, code: ErrorCode): GraphQLFormattedError {
  const { vi, en, remedy } = errorCatalogue[code]
  const { extensions = {} } = error
  const words = Object.fromEntries(
    verdict.flatMap((key) =>
      typeof extensions[key] === 'string' || extensions[key] === true ? [[key, extensions[key]]] : [],
    ),
  )
  return {
    message: within(error.message, en),
    ...placeOf(error),
    extensions: {
      code,
      ...words,
      message_vi: within(extensions['message_vi'], vi),
      remedy: isPlainObject(extensions['remedy']) ? extensions['remedy'] : remedy({}),
    },
  }
}

const verdict = ['coordinate', 'level', 'rule', 'citation', 'proposal'] as const

/** The sentence of the catalogue, with the detail the project put behind it; another sentence is not ours. */
function within(message: unknown, sentence: string): string {
  return typeof message === 'string' && message.startsWith(`${sentence}: `) ? message : sentence
}

/** Locations point into the client's own text only where no path says that a subgraph was asked. */
function placeOf({ path, locations }: GraphQLFormattedError): Pick<GraphQLFormattedError, 'path' | 'locations'> {
  if (path !== undefined) return { path }
  return locations === undefined ? {} : { locations }
}

function foreignError(error: GraphQLFormattedError, code: string): [ErrorCode, Detail?] {
  if (code === 'DOWNSTREAM_SERVICE_ERROR') return ['SUBGRAPH_UNAVAILABLE']
  if (code === 'GRAPHQL_PARSE_FAILED') return notParsed(error)
  if (refusedInput.has(code)) return notValid(error)
  return code === 'BAD_REQUEST' ? ['BAD_USER_INPUT'] : ['INTERNAL']
}

const refusedInput: ReadonlySet<string> = new Set([
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
])

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
