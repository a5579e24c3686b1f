import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { errorCatalogue } from '../../policy/error-catalogue.ts'
import type { GraphqlPlugin } from './graphql-plugin.ts'

/** The client's `X-Request-Id` where it has the shape of an id; anything else could forge a line of a log. */
export function requestIdOf(request: Pick<IncomingMessage, 'headers'>): string {
  const given = request.headers['x-request-id']
  return typeof given === 'string' && /^[A-Za-z0-9._-]{1,64}$/.test(given) ? given : ownId()
}

/** The log scrubs nine digits in a row, which could be somebody's number: an id of ours has none and is found there. */
function ownId(): string {
  const id = randomUUID()
  return /\d{9}/.test(id) ? ownId() : id
}

/** Puts the request's id into every error, so that whoever reports one can be helped. */
export const requestIdInErrors: GraphqlPlugin = {
  name: 'request-id-in-errors',
  onAnswer: (answer) => {
    const { requestId } = answer.context
    const { errors } = answer.result
    if (errors === undefined) return
    const named = errors.map((error) => {
      const remedy =
        error.extensions?.['code'] === 'INTERNAL' ? { remedy: errorCatalogue.INTERNAL.remedy({ requestId }) } : {}
      return { ...error, extensions: { ...error.extensions, ...remedy, requestId } }
    })
    answer.result = { ...answer.result, errors: named }
  },
}
