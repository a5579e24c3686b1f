import { GraphQLError } from 'graphql'
import { decideEarly } from '../decide-early.ts'
import { isErrorCode } from '../errors.ts'
import { cutOperation } from '../operation/cut-operation.ts'
import { readOperation, type SentOperation } from '../operation/read-operation.ts'
import type { Rule } from '../rule.ts'
import type { Decision, ErrorCode } from '../types.ts'
import type { Asker } from './asker.ts'
import type { ReviewedGraph } from './reachable.ts'
import { simulatedFields, type SimulatedField } from './simulated-fields.ts'

/** What a dry run is decided by. `listSizes` as the gateway bounds operations. */
export type SimulatedGraph = ReviewedGraph & { rules: readonly Rule[]; listSizes: ReadonlyMap<string, number> }

/** What would become of an operation: of each field, or of all of it where it would be refused as a whole. */
export type Simulation = {
  refusal: { code: ErrorCode; vi: string; en: string } | null
  fields: SimulatedField[]
}

/**
 * A dry run: reads, bounds and cuts an operation by the functions of the gateway, for somebody who asks, on what is known
 * of the rows. No database is touched. Nothing in the answer repeats a value of the operation or its variables.
 */
export function simulate(
  { schema, classes, arguments: argumentClasses, rules, listSizes }: SimulatedGraph,
  { caller, facts }: Pick<Asker, 'caller' | 'facts'>,
  sent: SentOperation,
): Simulation {
  const decided = new Map<string, Decision>()
  const decide = (coordinate: string): Decision => {
    const decision = decided.get(coordinate) ?? decideEarly(rules, caller, classes.get(coordinate), facts)
    decided.set(coordinate, decision)
    return decision
  }
  try {
    const { document, operation, variables } = readOperation(schema, sent, listSizes)
    const early = { signature: '', decide }
    const { shape } = cutOperation(schema, document, operation, early, argumentClasses, () => false)
    return { refusal: null, fields: simulatedFields(shape, decide, variables) }
  } catch (error) {
    return { refusal: refusalFrom(error), fields: [] }
  }
}

/** The words of a refusal of the catalogue; throws whatever else went wrong. */
function refusalFrom(error: unknown): Simulation['refusal'] {
  if (!(error instanceof GraphQLError) || !isErrorCode(error.extensions['code'])) throw error
  const { message, extensions } = error
  return { code: error.extensions['code'], vi: String(extensions['message_vi']), en: message }
}
