import { callerClasses } from '../../policy/review/caller-classes.ts'
import type { PurposeRegistry } from '../../policy/purposes.ts'
import type { SubgraphDefinition } from '../kit/types.ts'
import { createAccessExplanation } from './access-explanation.ts'
import { createAccessMatrix } from './access-matrix.ts'
import { createAccessSimulation } from './access-simulation.ts'
import { createAccessWays } from './access-ways.ts'
import { createAsk } from './ask.ts'
import { createAskerFrom } from './asker-from.ts'
import { createMeasured } from './measured.ts'

/** Everything here is computed from the rules and classes in force. */
export function createEdges(purposes: PurposeRegistry): SubgraphDefinition['edges'] {
  const callers = callerClasses(purposes)
  const [ask, askerFrom] = [createAsk(), createAskerFrom(callers, purposes)]
  const measured = createMeasured()
  const ways = createAccessWays(ask, askerFrom)
  return {
    Query: {
      accessMatrix: { kind: 'resolve', resolve: createAccessMatrix(callers) },
      accessExplanation: { kind: 'resolve', resolve: createAccessExplanation(askerFrom) },
      accessReaders: { kind: 'resolve', resolve: ways.readers },
      accessReach: { kind: 'resolve', resolve: ways.reach },
      accessSimulation: { kind: 'resolve', resolve: createAccessSimulation(ask, askerFrom) },
      accessCoverage: { kind: 'resolve', resolve: measured.coverage },
      accessInvariants: { kind: 'resolve', resolve: measured.invariants },
    },
  }
}
