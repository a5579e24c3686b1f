import type { Caller } from './caller.ts'
import { levelFor } from './level-for.ts'
import type { Rule } from './rule.ts'
import type { Decision, DecisionStep, ErrorCode, FieldClass, LegalBasis, Level, RowFacts } from './types.ts'

/** A row whose every fact is known: what a subgraph decides on. */
export type KnownRow = { [fact in keyof RowFacts]: Exclude<RowFacts[fact], 'UNKNOWN'> }

/** The order in which a verdict is sought: a rule that fails late came nearer than one that fails early. */
export const decisionOrder: readonly DecisionStep[] = [
  'secrecy',
  'classified',
  'caller',
  'purpose',
  'basis',
  'relation',
  'consent',
  'assurance',
  'jurisdiction',
  'case',
  'approval',
  'owner',
  'volume',
]
const lawOfAccess = 'Luật 91/2025/QH15, Điều 9'

/**
 * The verdict for one field of one row: pure and total. Denials win; then the best grant; without one, the denial of
 * the grant that came nearest, so that its remedy is the smallest step.
 */
export function decide(rules: readonly Rule[], caller: Caller, field: FieldClass | undefined, row: KnownRow): Decision {
  if (field === undefined)
    return refusal('classified', 'CLASSIFICATION_DENIED', 'L5', 'unclassified', 'Luật 60/2024/QH15, Điều 13')
  const level = levelFor(field, row.subjectClass)
  if (level === 'L5')
    return refusal('secrecy', 'CLASSIFICATION_DENIED', level, 'never-in-the-graph', 'Luật 117/2025/QH15')
  if (field.structure)
    return { ...granted, outcome: 'ALLOW', level, rule: 'structure', basis: 'STRUCTURE', citation: lawOfAccess }

  let best: Decision | null = null
  let nearest: Decision | null = null
  for (const rule of rules) {
    if (!isInScope(rule, caller, field, level)) continue
    const failed = firstFailure(rule, caller, row)
    if (failed === null && rule.effect === 'DENY') return verdict(rule, level, 'CLASSIFICATION_DENIED', 'owner')
    if (rule.effect === 'DENY') continue
    if (failed === null) best = better(best, verdict(rule, level, codeOfEffect[rule.effect], null))
    else
      nearest = nearer(nearest, {
        ...verdict(rule, level, failed.code, failed.step),
        outcome: failed.code === 'VERIFY_ONLY' ? 'VERIFY_ONLY' : 'DENY',
      })
  }
  return (best && withinVolume(best, row)) ?? nearest ?? byDefault(caller, level)
}

/**
 * Law 91/2025 knows bases that the person asked about has a hand in, or that speak of no person: QĐ 20/2025 is about
 * those who gather people, so a reading on any other basis counts.
 */
const uncounted: ReadonlySet<LegalBasis | null> = new Set([
  'OPEN',
  'STRUCTURE',
  'SHARED',
  'SELF',
  'REPRESENTATIVE',
  '11.2',
  '19.2',
])

/** True where the verdict shows one more person to an organisation: such readings are counted by subject. */
export function isCounted({ outcome, basis }: Pick<Decision, 'outcome' | 'basis'>): boolean {
  return (outcome === 'ALLOW' || outcome === 'MASK') && !uncounted.has(basis)
}

/** A grant past the thresholds of QĐ 20/2025/QĐ-TTg ends: at IMPORTANT until a second person approves, at CORE. */
export function withinVolume(grant: Decision, { volume }: Pick<KnownRow, 'volume'>): Decision {
  if (volume === 'WITHIN' || !isCounted(grant)) return grant
  const code = volume === 'CORE' ? 'VOLUME_LIMIT' : 'APPROVAL_REQUIRED'
  return { ...grant, outcome: 'DENY', code, failed: 'volume', citation: 'QĐ 20/2025/QĐ-TTg', proposal: true }
}

/** Nothing in the rules speaks of this: denied, and the code says what is missing first. */
function byDefault(caller: Caller, level: Level): Decision {
  if (caller.kind === 'NOBODY') return refusal('caller', 'UNAUTHENTICATED', level, 'default-deny', lawOfAccess)
  const needsPurpose = caller.purpose === null && (caller.kind !== 'CITIZEN' || caller.delegated)
  if (needsPurpose) return refusal('purpose', 'PURPOSE_REQUIRED', level, 'default-deny', lawOfAccess)
  return refusal('basis', 'CLASSIFICATION_DENIED', level, 'default-deny', lawOfAccess)
}

/** True where the rule speaks of this caller and field, whatever the row. */
export function isInScope(rule: Rule, caller: Caller, field: FieldClass, level: Level): boolean {
  const { scope } = rule
  if (rule.effect === 'MASK' && field.mask === 'NULL') return false
  return (
    isIn(scope.levels, level) &&
    isIn(scope.domains, field.domain) &&
    isIn(scope.purposes, caller.purpose ?? 'NONE') &&
    isIn(scope.kinds, caller.kind) &&
    (scope.delegated === undefined || scope.delegated === caller.delegated) &&
    (scope.organisationKinds === undefined ||
      (caller.orgKind !== null && scope.organisationKinds.includes(caller.orgKind))) &&
    (scope.roles === undefined || scope.roles.some((role) => caller.roles.includes(role))) &&
    isIn(scope.types, field.type) &&
    isIn(scope.coordinates, field.coordinate) &&
    (scope.categories === undefined ||
      [...field.personal, ...field.inferring].every((c) => scope.categories?.includes(c))) &&
    (scope.anyCategory === undefined ||
      [...field.personal, ...field.inferring].some((c) => scope.anyCategory?.includes(c)))
  )
}

function isIn<T extends string>(list: readonly T[] | undefined, value: string): boolean {
  return list === undefined || (list as readonly string[]).includes(value)
}

/** The first condition of the rule that does not hold, in the order of law.md §3.3. */
function firstFailure(rule: Rule, caller: Caller, row: KnownRow): { step: DecisionStep; code: ErrorCode } | null {
  const must = rule.conditions
  if (must.relations && !must.relations.includes(row.relation))
    return { step: 'relation', code: 'CLASSIFICATION_DENIED' }
  if (must.subjects && !must.subjects.includes(row.subjectClass))
    return { step: 'relation', code: 'CLASSIFICATION_DENIED' }
  if (must.consent && row.consent !== 'LIVE') return { step: 'consent', code: codeOfConsent[row.consent] }
  if (must.account && caller.accountLevel < must.account) return { step: 'assurance', code: 'ASSURANCE_TOO_LOW' }
  if (must.authn && caller.authnLevel < must.authn) return { step: 'assurance', code: 'ASSURANCE_TOO_LOW' }
  if (must.jurisdiction && row.jurisdiction !== 'INSIDE') return { step: 'jurisdiction', code: 'OUT_OF_JURISDICTION' }
  if (must.case && row.case !== 'COVERS') return { step: 'case', code: 'CASE_REQUIRED' }
  if (must.approval && row.approval !== 'GIVEN') return { step: 'approval', code: 'APPROVAL_REQUIRED' }
  return null
}

const codeOfConsent = {
  NONE: 'CONSENT_REQUIRED',
  LIVE: 'CONSENT_REQUIRED',
  VERIFY_ONLY: 'VERIFY_ONLY',
  EXPIRED: 'CONSENT_EXPIRED',
  WITHDRAWN: 'CONSENT_WITHDRAWN',
} as const
const codeOfEffect = {
  ALLOW: null,
  MASK: null,
  VERIFY_ONLY: 'VERIFY_ONLY',
  AGGREGATE_ONLY: 'AGGREGATE_ONLY',
  DENY: 'CLASSIFICATION_DENIED',
} as const
const granted = { conditional: false, proposal: false, code: null, failed: null } as const

function verdict(rule: Rule, level: Level, code: ErrorCode | null, failed: DecisionStep | null): Decision {
  const { id, basis, citation, proposal } = rule
  return { outcome: rule.effect, conditional: false, level, rule: id, basis, citation, proposal, code, failed }
}

function refusal(failed: DecisionStep, code: ErrorCode, level: Level, rule: string, citation: string): Decision {
  return { outcome: 'DENY', conditional: false, level, rule, basis: null, citation, proposal: false, code, failed }
}

const strictness = { ALLOW: 0, MASK: 1, VERIFY_ONLY: 2, AGGREGATE_ONLY: 3, DENY: 4 } as const

function better(a: Decision | null, b: Decision): Decision {
  return a !== null && strictness[a.outcome] <= strictness[b.outcome] ? a : b
}

/** Of two refusals the one that failed later, or failed nowhere (verify-only); of equals the first. */
export function nearer(a: Decision | null, b: Decision): Decision {
  if (a === null) return b
  const reached = ({ failed }: Decision) => (failed === null ? decisionOrder.length : decisionOrder.indexOf(failed))
  return reached(b) > reached(a) ? b : a
}

/** The strictest of several verdicts: what holds where a field speaks of several people. */
export function strictest(decisions: readonly [Decision, ...Decision[]]): Decision {
  return decisions.reduce((a, b) => (strictness[b.outcome] > strictness[a.outcome] ? b : a))
}

/** The most open of several verdicts: what holds for a field that speaks of nobody, in a row that several people hold. */
export function mostOpen(decisions: readonly [Decision, ...Decision[]]): Decision {
  return decisions.reduce((a, b) => (strictness[b.outcome] < strictness[a.outcome] ? b : a))
}
