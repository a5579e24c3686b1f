import { GraphQLError } from 'graphql'
import { isErrorCode, problem } from '../../policy/errors.ts'
import type { ErrorCode } from '../../policy/types.ts'

/**
 * The error as the catalogue tells it, at the same path. What graphql itself refuses (a value that is none of its
 * scalar's) is the caller's mistake; a database that can't be had, and one that took too long, are told apart from a
 * mistake of ours. The original message may hold a value or a statement: it goes no further.
 */
export function cataloguedError(error: GraphQLError): GraphQLError {
  const refused = refusedValue(error)
  if (refused === null && isErrorCode(error.extensions['code'])) return error
  const { message, extensions } = refused ?? problem(codeOf(error.originalError))
  return new GraphQLError(message, { path: error.path, extensions })
}

/** What is wrong with a value of the client's, without the value: a scalar's own words, or the argument's name. */
function refusedValue({ message, originalError }: GraphQLError): GraphQLError | null {
  if (originalError instanceof GraphQLError && originalError.extensions['code'] === 'BAD_USER_INPUT')
    return originalError
  const argument = /^Argument "(\w+)" has invalid value/.exec(message)?.[1]
  if (argument === undefined) return null
  return problem('BAD_USER_INPUT', {
    vi: `đối số ${argument} có giá trị không đúng dạng`,
    en: `argument ${argument} has a value of the wrong form`,
  })
}

function codeOf(original: Error | undefined): ErrorCode {
  if (original === undefined || original instanceof GraphQLError) return 'BAD_USER_INPUT'
  const code = 'code' in original ? String(original.code) : ''
  if (isErrorCode(code)) return code
  // SQLSTATE 57014: statement timeout; classes 08, 53, 57: connection, resources, shutdown; E…: the socket.
  if (code === '57014') return 'TIMEOUT'
  // 22021, 22P05: a text with a character that no column can hold (NUL), which only a client can have sent.
  if (code === '22021' || code === '22P05') return 'BAD_USER_INPUT'
  const isGone = /^(08|53|57)...$|^E[A-Z]+$/.test(code) || /connect|terminated|timeout exceeded/i.test(original.message)
  return isGone ? 'SUBGRAPH_UNAVAILABLE' : 'INTERNAL'
}
