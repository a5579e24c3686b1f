import type { GraphQLFormattedError } from 'graphql'
import { errorCatalogue } from '../../policy/error-catalogue.ts'
import { isErrorCode } from '../../policy/errors.ts'
import type { GraphqlPlugin } from './graphql-plugin.ts'

/**
 * HTTP status of an answer (GraphQL over HTTP, §6.4). With data it is 200, denied fields or not. A document that does not
 * parse, validate or coerce is 400 to a client that speaks `application/graphql-response+json` and 200 to one that
 * speaks `application/json`; every other refusal of a whole request has the status of its code.
 */
export const answerStatus: GraphqlPlugin = {
  name: 'answer-status',
  onAnswer: (answer) => {
    const { data, errors } = answer.result
    if (data != null || errors === undefined) {
      answer.status = undefined
      return
    }
    const status = Math.max(...errors.map(statusOf))
    const isBadDocument =
      data === undefined && errors.every(({ extensions }) => extensions?.['code'] === 'BAD_USER_INPUT')
    if (data === null && !answer.speaksGraphql) answer.status = undefined
    else answer.status = isBadDocument && !answer.speaksGraphql ? 200 : status
  },
}

function statusOf({ extensions }: GraphQLFormattedError): number {
  const code = extensions?.['code']
  return isErrorCode(code) ? errorCatalogue[code].status : 500
}
