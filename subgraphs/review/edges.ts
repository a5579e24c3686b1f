import { callerClasses } from '../../policy/review/caller-classes.ts'
import type { PurposeRegistry } from '../../policy/purposes.ts'
import type { SubgraphDefinition } from '../kit/types.ts'
import { createAccessExplanation } from './access-explanation.ts'
import { createAccessMatrix } from './access-matrix.ts'

/** Everything here is computed from the rules and classes in force. */
export function createEdges(purposes: PurposeRegistry): SubgraphDefinition['edges'] {
  const callers = callerClasses(purposes)
  return {
    Query: {
      accessMatrix: { kind: 'resolve', resolve: createAccessMatrix(callers) },
      accessExplanation: { kind: 'resolve', resolve: createAccessExplanation(callers, purposes) },
    },
  }
}
