import type { ApolloServer } from '@apollo/server'
import { nobody } from '../../identity/principal.ts'
import { createContext, type GatewayContext } from '../context.ts'
import { requestIdOf } from '../plugins/request-id.ts'
import type { AskOpenly } from './gather-rows.ts'

/**
 * Asks the same server that answers `/graphql`, as nobody: limits, decisions, refusals on record, everything a question
 * without a token meets.
 */
export function askOpenly(server: ApolloServer<GatewayContext>): AskOpenly {
  return async (query, variables) => {
    const contextValue = createContext(nobody, requestIdOf({ headers: {} }))
    const { body } = await server.executeOperation({ query, variables: { ...variables } }, { contextValue })
    if (body.kind !== 'single') throw new TypeError('answers in parts are not served')
    return body.singleResult
  }
}
