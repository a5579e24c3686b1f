import { isCounted } from '../decide.ts'
import type { Purpose } from '../purposes.ts'
import type { Rule } from '../rule.ts'
import type { Decision } from '../types.ts'
import type { Bundle } from './bundle.ts'

/** The actions outcomes are modelled as, the most open first; `verifyByConsent` is what a consent to verify alone opens. */
export const cedarActions = ['read', 'readMasked', 'verify', 'aggregate', 'verifyByConsent'] as const
/** Allowed wherever one of the others may be: one question tells most refusals. */
export const anyAction = 'anything'
type CedarAction = (typeof cedarActions)[number]

const actionOf = { ALLOW: 'read', MASK: 'readMasked', VERIFY_ONLY: 'verify', AGGREGATE_ONLY: 'aggregate' } as const

/** Rules and purposes as Cedar policies: one a rule, with its id, title, basis and citation as annotations. */
export function cedarPolicies({ rules, purposes }: Bundle): string {
  return [
    `// Exported from the rules; the mapping stands in README.md.`,
    policy('structure', 'permit', ['read'], ['resource.structure'], []),
    policy('never-in-the-graph', 'forbid', null, [`${level} == "L5"`], []),
    ...purposes.all.map(purposePolicy),
    ...rules.flatMap(rulePolicies),
  ].join('\n\n')
}

/** Whoever may not state a purpose is refused before any rule is asked. */
function purposePolicy({ code, statedBy }: Purpose): string {
  const { kinds, organisationKinds, roles, delegated } = statedBy
  const may = [
    oneOf(kinds, 'principal.kind'),
    oneOf(organisationKinds, 'principal.orgKind'),
    `principal.delegated == ${delegated}`,
    ...(roles ? [`${set(roles)}.containsAny(principal.roles)`] : []),
  ]
  return policy(`purpose-${code}`, 'forbid', null, [`principal.purpose == "${code}"`], may)
}

function rulePolicies(rule: Rule): string[] {
  const scope = [...scopeOf(rule), ...(rule.effect === 'DENY' ? ['!resource.structure'] : [])]
  const notes = { title_vi: rule.title.vi, title_en: rule.title.en, basis: rule.basis, citation: rule.citation }
  const [early, late] = conditionsOf(rule)
  const holds = [...early, ...(rule.conditions.consent ? ['context.consent == "LIVE"'] : []), ...late]
  if (rule.effect === 'DENY') return [policy(rule.id, 'forbid', null, [...scope, ...holds], [], notes)]
  return [
    policy(rule.id, 'permit', [actionOf[rule.effect]], [...scope, ...holds], [], notes),
    // Past the thresholds of QĐ 20/2025 a counted grant ends, and nothing lesser takes its place.
    ...(isCounted({ outcome: rule.effect, basis: rule.basis } as Decision)
      ? [
          policy(
            `${rule.id}--volume`,
            'forbid',
            null,
            ['!resource.structure', ...scope, ...holds, 'context.volume != "WITHIN"'],
            [],
          ),
        ]
      : []),
    // A consent to verify alone opens a yes or no, unless another rule in scope came nearer.
    ...(rule.conditions.consent
      ? [
          policy(
            `${rule.id}--verify`,
            'permit',
            ['verifyByConsent'],
            [...scope, ...early, 'context.consent == "VERIFY_ONLY"'],
            [],
          ),
        ]
      : late.length > 0
        ? [policy(`${rule.id}--nearer`, 'forbid', ['verifyByConsent'], [...scope, ...early], late)]
        : []),
  ]
}

const level = `(if ${set(['CHILD_UNDER_7', 'CHILD_7_17'])}.contains(context.subjectClass) then resource.childLevel else resource.level)`

function scopeOf({ scope, effect }: Rule): string[] {
  const { purposes, kinds, organisationKinds, roles, delegated } = scope
  const { levels, domains, types, coordinates, categories, anyCategory } = scope
  return [
    ...(levels ? [oneOf(levels, level)] : []),
    ...(domains ? [oneOf(domains, 'resource.domain')] : []),
    ...(purposes ? [oneOf(purposes, 'principal.purpose')] : []),
    ...(kinds ? [oneOf(kinds, 'principal.kind')] : []),
    ...(delegated === undefined ? [] : [`principal.delegated == ${delegated}`]),
    ...(organisationKinds ? [oneOf(organisationKinds, 'principal.orgKind')] : []),
    ...(roles ? [`${set(roles)}.containsAny(principal.roles)`] : []),
    ...(types ? [oneOf(types, 'resource.type')] : []),
    ...(coordinates ? [oneOf(coordinates, 'resource.coordinate')] : []),
    ...(categories ? [`${set(categories)}.containsAll(resource.categories)`] : []),
    ...(anyCategory ? [`${set(anyCategory)}.containsAny(resource.categories)`] : []),
    ...(effect === 'MASK' ? ['resource.hasMask'] : []),
  ]
}

/** Conditions before and after consent in the order of the decision. */
function conditionsOf({ conditions: must }: Rule): [early: string[], late: string[]] {
  return [
    [
      ...(must.relations ? [oneOf(must.relations, 'context.relation')] : []),
      ...(must.subjects ? [oneOf(must.subjects, 'context.subjectClass')] : []),
    ],
    [
      ...(must.account ? [`context.accountLevel >= ${must.account}`] : []),
      ...(must.authn ? [`context.authnLevel >= ${must.authn}`] : []),
      ...(must.jurisdiction ? ['context.jurisdiction == "INSIDE"'] : []),
      ...(must.case ? ['context.case == "COVERS"'] : []),
      ...(must.approval ? ['context.approval == "GIVEN"'] : []),
    ],
  ]
}

function policy(
  id: string,
  effect: 'permit' | 'forbid',
  actions: readonly CedarAction[] | null,
  when: readonly string[],
  unless: readonly string[],
  notes: Readonly<Record<string, string>> = {},
): string {
  const annotations = Object.entries({ id, ...notes }).map(([name, text]) => `@${name}(${JSON.stringify(text)})\n`)
  const named = effect === 'permit' ? [...(actions ?? []), anyAction] : actions
  const scope = named === null ? 'action' : `action in [${named.map((one) => `Action::"${one}"`).join(', ')}]`
  const body = when.length > 0 ? `\nwhen { ${when.join(' &&\n  ')} }` : ''
  const but = unless.length > 0 ? `\nunless { ${unless.join(' &&\n  ')} }` : ''
  return `${annotations.join('')}${effect} (principal, ${scope}, resource)${body}${but};`
}

function oneOf(list: readonly string[], value: string): string {
  return list.length === 1 ? `${value} == ${JSON.stringify(list[0])}` : `${set(list)}.contains(${value})`
}

function set(list: readonly string[]): string {
  return `[${list.map((one) => JSON.stringify(one)).join(', ')}]`
}
