import { decide, isInScope, type KnownRow } from '../decide.ts'
import { closedRow, factValues } from '../decide-early.ts'
import { levelFor } from '../level-for.ts'
import type { Rule } from '../rule.ts'
import type { Decision, FieldClass, Level } from '../types.ts'
import type { Bundle } from './bundle.ts'
import { notStatable, spaceCallers, type SpaceCaller } from './space-callers.ts'

/** Everything a verdict may depend on beside caller and field: sign-in and row. */
export type Point = KnownRow & { accountLevel: number; authnLevel: number }
/** A set of points: every combination of the values listed for each axis. */
export type Box = { readonly [axis in keyof Point]: readonly Point[axis][] }
/** A box in which every bundle gives one verdict, in the order of the bundles. */
export type Verdict = { box: Box; decisions: readonly Decision[] }
/** Callers and coordinates that all rules of all bundles see alike: any of these on any of those gets these verdicts. */
export type Region = { callers: readonly SpaceCaller[]; coordinates: readonly string[]; verdicts: readonly Verdict[] }

const pointValues: { readonly [axis in keyof Point]: readonly Point[axis][] } = {
  ...factValues,
  accountLevel: [0, 1, 2],
  authnLevel: [0, 1, 2, 3, 4],
}

/**
 * The whole finite space, once: every caller, coordinate, sign-in and row lies in exactly one box of one region. Several
 * bundles are walked together, so that their verdicts stand side by side; a field or a purpose that one of them lacks is
 * refused there. Quick because what no rule can tell apart is asked once.
 */
export function finiteSpace(bundles: readonly Bundle[]): Region[] {
  const callers = [...Map.groupBy(spaceCallers(bundles), (one) => callerKey(bundles, one)).values()]
  const coordinates = new Set(bundles.flatMap(({ classes }) => [...classes.keys()]))
  const fields = [...Map.groupBy(coordinates, (one) => fieldKey(bundles, one)).values()]
  return callers.flatMap((alike) =>
    fields.map((group) => ({ callers: alike, coordinates: group, verdicts: verdictsOf(bundles, alike, group) })),
  )
}

/** Which rules of which bundle may speak of this caller, whatever the field, and how it is refused where none does. */
function callerKey(bundles: readonly Bundle[], { caller, statableIn }: SpaceCaller): string {
  const anyField: FieldClass = { ...noField, mask: 'KEEP' }
  const speaking = bundles.map(({ rules }) => rules.map((rule) => isInScope(callerPart(rule), caller, anyField, 'L0')))
  const isCitizenInPerson = caller.kind === 'CITIZEN' && !caller.delegated
  return JSON.stringify([speaking, statableIn, caller.kind === 'NOBODY', caller.purpose === null, isCitizenInPerson])
}

/** Which rules of which bundle may speak of this field, whoever asks, of an adult and of a child. */
function fieldKey(bundles: readonly Bundle[], coordinate: string): string {
  return JSON.stringify(
    bundles.map(({ rules, classes }) => {
      const field = classes.get(coordinate)
      if (field === undefined) return null
      const levels = levelsOf(field)
      const speaking = levels.map((level) => rules.map((rule) => isInScope(fieldPart(rule), noCaller, field, level)))
      // Only the form of a mask that is shown can widen; bundles are told apart by it, one bundle alone is not.
      return [field.structure, levels, speaking, bundles.length > 1 ? field.mask : field.mask === 'NULL']
    }),
  )
}

/** The level for an adult and for a child: all that a subject changes about a field. */
export function levelsOf(field: FieldClass): readonly [Level, Level] {
  return [levelFor(field, 'ADULT'), levelFor(field, 'CHILD_7_17')]
}

function verdictsOf(
  bundles: readonly Bundle[],
  [first]: readonly SpaceCaller[],
  [coordinate = '']: readonly string[],
): Verdict[] {
  if (first === undefined) return []
  const { caller, statableIn } = first
  const asked = bundles.map(({ rules, classes }, index) => {
    const field = classes.get(coordinate)
    const levels = field === undefined ? [] : levelsOf(field)
    const isSpeaking = (rule: Rule) => levels.some((level) => field && isInScope(rule, caller, field, level))
    return { field, rules: statableIn[index] ? rules.filter(isSpeaking) : [], isStatable: statableIn[index] ?? false }
  })
  const isRaised = asked.some(({ field }) => field !== undefined && levelsOf(field)[0] !== levelsOf(field)[1])
  const speaking = asked.flatMap(({ rules }) => rules)
  return boxesOf(speaking, isRaised).map((box) => {
    const { accountLevel, authnLevel, ...row } = representative(box)
    const decisions = asked.map(({ field, rules, isStatable }) =>
      isStatable ? decide(rules, { ...caller, accountLevel, authnLevel }, field, row) : notStatable,
    )
    return { box, decisions }
  })
}

/** The coarsest boxes in which these rules can't tell points apart. */
function boxesOf(rules: readonly Rule[], isRaised: boolean): Box[] {
  const all = rules.map(({ conditions }) => conditions)
  const axes: { readonly [axis in keyof Point]: readonly (readonly Point[axis][])[] } = {
    accountLevel: classesOf('accountLevel', (value) => all.map(({ account = 0 }) => value >= account)),
    authnLevel: classesOf('authnLevel', (value) => all.map(({ authn = 0 }) => value >= authn)),
    subjectClass: classesOf('subjectClass', (value) => [
      isRaised && value.startsWith('CHILD'),
      ...all.map(({ subjects }) => subjects?.includes(value) ?? true),
    ]),
    relation: classesOf('relation', (value) => all.map(({ relations }) => relations?.includes(value) ?? true)),
    jurisdiction: classesOf('jurisdiction', (value) => all.some((must) => must.jurisdiction) && value),
    consent: classesOf('consent', (value) => all.some((must) => must.consent) && value),
    case: classesOf('case', (value) => all.some((must) => must.case) && value),
    approval: classesOf('approval', (value) => all.some((must) => must.approval) && value),
    volume: classesOf('volume', (value) => rules.length > 0 && value),
  }
  return Object.entries(axes).reduce<object[]>(
    (boxes, [axis, classes]) => boxes.flatMap((box) => classes.map((values) => ({ ...box, [axis]: values }))),
    [{}],
  ) as Box[]
}

/** Groups the values of an axis that look alike. */
function classesOf<A extends keyof Point>(axis: A, look: (value: Point[A]) => unknown): Point[A][][] {
  const values = pointValues[axis] as readonly Point[A][]
  return [...Map.groupBy(values, (value) => JSON.stringify(look(value))).values()]
}

/** What is most ordinary: a stranger's adult row that nothing opens, somebody signed in well. */
const ordinary: Point = { ...closedRow, accountLevel: 2, authnLevel: 3 }

/** The most ordinary point of a box. */
export function representative(box: Box): Point {
  const chosen = axesOf(box).map((axis) => [axis, isOrdinary(box, axis) ? ordinary[axis] : box[axis][0]])
  return Object.fromEntries(chosen) as Point
}

/** In how many ways a box differs from what is most ordinary: an example with few is the easiest to see. */
export function oddness(box: Box): number {
  return axesOf(box).filter((axis) => !isOrdinary(box, axis)).length
}

const axesOf = (box: Box) => Object.keys(box) as (keyof Point)[]
const isOrdinary = (box: Box, axis: keyof Point) => (box[axis] as readonly unknown[]).includes(ordinary[axis])

const noCaller = {
  kind: 'NOBODY',
  orgKind: null,
  roles: [],
  purpose: null,
  delegated: false,
  accountLevel: 0,
  authnLevel: 0,
} as const
const noField: FieldClass = {
  coordinate: '',
  type: '',
  field: '',
  domain: '',
  sharing: 'OPEN',
  importance: 'OTHER',
  secrecy: 'NONE',
  personal: [],
  inferring: [],
  level: 'L0',
  owner: '',
  dict: '',
  mask: 'NULL',
  from: [],
  structure: false,
}

function callerPart({ scope, ...rule }: Rule): Rule {
  const { purposes, kinds, organisationKinds, roles, delegated } = scope
  return { ...rule, scope: { purposes, kinds, organisationKinds, roles, delegated } as Rule['scope'] }
}

function fieldPart({ scope, ...rule }: Rule): Rule {
  const { domains, levels, categories, anyCategory, types, coordinates } = scope
  return { ...rule, scope: { domains, levels, categories, anyCategory, types, coordinates } as Rule['scope'] }
}
