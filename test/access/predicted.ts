import type { Caller } from '../../policy/caller.ts'
import { isCounted } from '../../policy/decide.ts'
import type { AccessCell } from '../../policy/review/access-matrix.ts'
import type { RowFacts } from '../../policy/types.ts'

/** What was decided of one field, as the log says. */
export type Verdict = {
  coordinate: string
  outcome: string
  code: string | null
  level: string
  rule: string
  facts: RowFacts
}

/**
 * Why a verdict given to a caller does not agree with the caller's cells of the matrix; null where it does. Reads the
 * cells as a reviewer does: a cell is open where everything it asks holds. Knows nothing of how decisions are made.
 */
export function disagreement(cells: readonly AccessCell[], caller: Caller, verdict: Verdict): string | null {
  const { coordinate, outcome, rule, facts } = verdict
  const ofField = cells.filter((cell) => cell.coordinate === coordinate)
  const atLevel = ofField.filter(({ level }) => level === verdict.level)
  const states = atLevel.map((cell) => ({ cell, state: stateOf(cell, caller, facts) }))
  const isForbidden = states.some(({ cell, state }) => cell.outcome === 'DENY' && state === 'OPEN')
  const isWithin = (cell: AccessCell) => facts.volume === 'WITHIN' || !isCounted(cell)
  const open = isForbidden
    ? []
    : states.filter(({ cell, state }) => cell.outcome !== 'DENY' && state === 'OPEN' && isWithin(cell))
  const best = openness.find((one) => open.some(({ cell }) => cell.outcome === one))

  if (best !== undefined) {
    const isCell = open.some(({ cell }) => cell.outcome === outcome && cell.rule === rule)
    return outcome === best && isCell ? null : `the matrix says ${best}`
  }
  if (outcome === 'ALLOW' || outcome === 'MASK') return 'the matrix has no cell that is open'
  if (ofField.length === 0) return rule === 'default-deny' ? null : `the matrix has no cell of rule ${rule}`
  // A stranger is told of a child what would be told of an adult.
  return ofField.some((cell) => cell.rule === rule) ? null : `the matrix has no cell of rule ${rule}`
}

const openness = ['ALLOW', 'MASK', 'VERIFY_ONLY', 'AGGREGATE_ONLY'] as const

/** OPEN: everything the cell asks holds. UNKNOWN: it may, for what is not known yet. */
function stateOf({ requires }: AccessCell, { accountLevel, authnLevel }: Caller, facts: RowFacts): State {
  const states: State[] = [
    accountLevel >= (requires.account ?? 0) && authnLevel >= (requires.authn ?? 0) ? 'OPEN' : 'CLOSED',
    known(facts.relation, requires.relations),
    known(facts.subjectClass, requires.subjects),
    known(facts.consent, requires.consent && ['LIVE']),
    known(facts.jurisdiction, requires.jurisdiction && ['INSIDE']),
    known(facts.case, requires.case && ['COVERS']),
    known(facts.approval, requires.approval && ['GIVEN']),
  ]
  return states.includes('CLOSED') ? 'CLOSED' : states.includes('UNKNOWN') ? 'UNKNOWN' : 'OPEN'
}

type State = 'OPEN' | 'CLOSED' | 'UNKNOWN'

function known(fact: string, asked: readonly string[] | undefined): State {
  if (asked === undefined) return 'OPEN'
  return fact === 'UNKNOWN' ? 'UNKNOWN' : asked.includes(fact) ? 'OPEN' : 'CLOSED'
}
