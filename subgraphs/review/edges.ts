import { callerClasses } from '../../policy/review/caller-classes.ts'
import type { PurposeRegistry } from '../../policy/purposes.ts'
import type { SubgraphDefinition } from '../kit/types.ts'
import { createAccessExplanation } from './access-explanation.ts'
import { createAccessMatrix } from './access-matrix.ts'
import { createMeasured } from './measured.ts'

/** Everything here is computed from the rules and classes in force. */
export function createEdges(purposes: PurposeRegistry): SubgraphDefinition['edges'] {
  const callers = callerClasses(purposes)
  const measured = createMeasured()
  return {
    Query: {
      accessMatrix: { kind: 'resolve', resolve: createAccessMatrix(callers) },
      accessExplanation: { kind: 'resolve', resolve: createAccessExplanation(callers, purposes) },
      accessCoverage: { kind: 'resolve', resolve: measured.coverage },
      accessInvariants: { kind: 'resolve', resolve: measured.invariants },
    },
  }
}
