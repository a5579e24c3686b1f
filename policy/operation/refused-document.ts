import type { SourceLocation } from 'graphql'
import type { Detail } from '../errors.ts'
import type { ErrorCode } from '../types.ts'
import { safeMessage } from './safe-message.ts'

/** What graphql-js says of a document that it does not take. */
type Said = { message: string; locations?: readonly SourceLocation[] | undefined }

/** A text that does not parse, in the words of the catalogue: where it ends to be GraphQL, without a word of it. */
export function notParsed({ message, locations }: Said): [ErrorCode, Detail?] {
  if (message.includes('Document contains more than')) return ['QUERY_TOO_COMPLEX']
  const { line = 1, column = 1 } = locations?.[0] ?? {}
  return [
    'BAD_USER_INPUT',
    { vi: `sai cú pháp tại dòng ${line}, cột ${column}`, en: `not GraphQL at line ${line}, column ${column}` },
  ]
}

/** A document or a variable that does not fit the schema: names as they were written, and no value. */
export function notValid({ message }: Said): [ErrorCode, Detail?] {
  // graphql-js gives up comparing fields of one name when there are too many pairs of them.
  if (message === 'Validation aborted.') return ['QUERY_TOO_COMPLEX']
  const en = safeMessage(message)
  return ['BAD_USER_INPUT', { vi: `truy vấn không khớp lược đồ (${en})`, en }]
}
