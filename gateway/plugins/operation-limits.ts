import { boundedOperation } from '../../policy/operation/bounded-operation.ts'
import type { GraphqlPlugin } from './graphql-plugin.ts'

/**
 * Bounds an operation after validation and before planning, which is synchronous and would stop everybody else. `sizes`
 * says how long lists without pages are taken to be, by `Type.field`.
 */
export function operationLimits(sizes: ReadonlyMap<string, number>): GraphqlPlugin {
  return {
    name: 'operation-limits',
    onOperation: ({ schema, document, operation, request }) => {
      boundedOperation({ schema, document, operation, variables: request.variables ?? {}, sizes })
    },
  }
}
