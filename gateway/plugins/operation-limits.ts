import type { OperationDefinitionNode } from 'graphql'
import { boundedOperation } from '../../policy/operation/bounded-operation.ts'
import type { GraphqlPlugin } from './graphql-plugin.ts'

/**
 * Bounds an operation after validation and before planning, which is synchronous and would stop everybody else. `sizes`
 * says how long lists without pages are taken to be, by `Type.field`. Documents are kept once they are parsed: an operation
 * that no variable makes larger is measured once.
 */
export function operationLimits(sizes: ReadonlyMap<string, number>): GraphqlPlugin {
  const fixed = new WeakSet<OperationDefinitionNode>()
  return {
    name: 'operation-limits',
    onOperation: ({ schema, document, operation, request }) => {
      if (operation !== undefined && fixed.has(operation)) return
      const bounded = boundedOperation({ schema, document, operation, variables: request.variables ?? {}, sizes })
      if (bounded.isFixed) fixed.add(bounded.operation)
    },
  }
}
