import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { GraphQLError } from 'graphql'
import { errorCatalogue } from '../../policy/error-catalogue.ts'
import { isErrorCode, problem } from '../../policy/errors.ts'
import type { Metrics } from '../metrics.ts'

/** The refusal of a whole request, before or beside GraphQL: an error of the catalogue with its HTTP status. */
export type Refusal = Error & { refusal: GraphQLError; statusCode: number }

/** Makes a refusal; the status is that of its code unless HTTP knows a better one. */
export function refuse(error: GraphQLError, status?: number): Refusal {
  const { code } = error.extensions
  const statusCode = status ?? (isErrorCode(code) ? errorCatalogue[code].status : 500)
  return Object.assign(new Error(error.message), { refusal: error, statusCode })
}

/** Sends what stopped a request in the form of a GraphQL answer. Anything unknown is INTERNAL and tells nothing. */
export function refusalSender(metrics: Metrics) {
  return (error: FastifyError | Refusal | GraphQLError, request: FastifyRequest, reply: FastifyReply): void => {
    const { refusal, statusCode } = refusalOf(error)
    const code = String(refusal.extensions['code'])
    metrics.answered('refused', 'none')
    metrics.failed(code)
    if (code === 'INTERNAL') request.log.error({ failure: error.name }, 'unexpected failure')
    if (statusCode === 401) reply.header('www-authenticate', 'Bearer')
    const speaksGraphql = request.headers.accept?.includes('application/graphql-response+json') === true
    const extensions = { ...refusal.extensions, requestId: request.id }
    void reply
      .code(statusCode)
      .type(speaksGraphql ? 'application/graphql-response+json; charset=utf-8' : 'application/json; charset=utf-8')
      .send(JSON.stringify({ errors: [{ message: refusal.message, extensions }] }))
  }
}

function refusalOf(error: FastifyError | Refusal | GraphQLError): Refusal {
  if ('refusal' in error) return error
  if (error instanceof GraphQLError) return refuse(isErrorCode(error.extensions['code']) ? error : problem('INTERNAL'))
  return refusalOfFramework(error)
}

/** What Fastify itself refuses: the body's size, type or syntax. Its own words may quote the request, so they stay here. */
function refusalOfFramework({ statusCode = 500 }: FastifyError): Refusal {
  const detail = details[statusCode]
  if (statusCode === 413) return refuse(problem('QUERY_TOO_COMPLEX', detail), 413)
  if (statusCode >= 400 && statusCode < 500) return refuse(problem('BAD_USER_INPUT', detail), statusCode)
  return refuse(problem('INTERNAL'))
}

const details: Readonly<Record<number, { vi: string; en: string }>> = {
  400: { vi: 'thân yêu cầu không phải JSON', en: 'the body is not JSON' },
  413: { vi: 'yêu cầu quá lớn', en: 'the request is too large' },
  415: { vi: 'thân yêu cầu phải là application/json', en: 'the body must be application/json' },
}
