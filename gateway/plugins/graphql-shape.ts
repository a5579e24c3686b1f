import type { preHandlerAsyncHookHandler } from 'fastify'
import { problem } from '../../policy/errors.ts'
import type { TrustedDocuments } from '../trusted-documents.ts'
import { refuse } from './refuse.ts'
import { sourceProblem } from '../../policy/operation/source-limits.ts'

/**
 * A well-formed GraphQL-over-HTTP request (§5): one JSON object with a text of GraphQL, or the id of a trusted document
 * in its place. Arrays of requests are refused: each would be another try at the same limits.
 */
export function graphqlShape(documents: TrustedDocuments): preHandlerAsyncHookHandler {
  return async (request) => {
    delete request.headers['apollo-query-plan-experimental']
    const { body } = request
    if (Array.isArray(body)) throw refuse(problem('BAD_USER_INPUT', said.batch))
    if (!isObject(body)) throw refuse(problem('BAD_USER_INPUT', said.object))
    for (const key of ['variables', 'extensions'] as const) {
      if (body[key] != null && !isObject(body[key])) throw refuse(problem('BAD_USER_INPUT', said[key]))
    }
    if (body['operationName'] != null && typeof body['operationName'] !== 'string')
      throw refuse(problem('BAD_USER_INPUT', said.operationName))
    const query = textOf(body, documents)
    const tooLarge = sourceProblem(query)
    if (tooLarge !== null) throw refuse(tooLarge)
    request.body = { query, operationName: body['operationName'] ?? null, variables: body['variables'] ?? null }
  }
}

/** GraphQL over HTTP, appendix on persisted documents: `documentId`; also the form Apollo's clients send. */
function textOf(body: Readonly<Record<string, unknown>>, documents: TrustedDocuments): string {
  const { query, documentId, extensions } = body
  if (query != null && (typeof query !== 'string' || query.trim() === ''))
    throw refuse(problem('BAD_USER_INPUT', said.query))
  if (typeof query === 'string') return query
  const persisted =
    isObject(extensions) && isObject(extensions['persistedQuery'])
      ? extensions['persistedQuery']['sha256Hash']
      : undefined
  const id = documentId ?? persisted
  if (typeof id !== 'string') throw refuse(problem('BAD_USER_INPUT', said.query))
  const text = documents.get(id.replace(/^sha256:/, ''))
  if (text === undefined) throw refuse(problem('BAD_USER_INPUT', said.documentId))
  return text
}

const said = {
  batch: { vi: 'mỗi yêu cầu chỉ một truy vấn, không nhận mảng', en: 'one operation a request; arrays are not read' },
  object: { vi: 'thân yêu cầu phải là một đối tượng JSON', en: 'the body must be a JSON object' },
  query: { vi: 'query phải là một chuỗi không rỗng', en: 'query must be a text that is not empty' },
  variables: { vi: 'variables phải là một đối tượng', en: 'variables must be an object' },
  extensions: { vi: 'extensions phải là một đối tượng', en: 'extensions must be an object' },
  operationName: { vi: 'operationName phải là một chuỗi', en: 'operationName must be a text' },
  documentId: { vi: 'không có tài liệu tin cậy với mã này', en: 'no trusted document has this id' },
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
