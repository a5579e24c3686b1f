import type { Bundle } from './bundle.ts'

/** A change beside the cells; `opens` where it may let somebody read what was closed. */
export type SideChange = {
  kind: 'subject' | 'argument' | 'organisation' | 'figure' | 'invariant'
  name: string
  from: string | null
  to: string | null
  opens: boolean
}

/**
 * What cells don't show. Whose a row is decides who is SELF: any change of it may open. An argument that is no longer
 * guarded, an organisation that is new or of another kind, a figure that is another, a budget that is new, and a statement
 * that is no longer checked open too.
 */
export function sideChanges(before: Bundle, after: Bundle): SideChange[] {
  const isKnownType = (name: string) => before.subjects.has(name)
  const hadField = (name: string) => before.classes.has(name.replace(/\(.*$/, ''))
  return [
    ...changes('subject', before.subjects, after.subjects, ({ name }) => isKnownType(name)),
    ...changes('argument', before.arguments, after.arguments, ({ name, from }) => from !== null && hadField(name)),
    ...changes('organisation', before.organisations, after.organisations, ({ to }) => to !== null),
    ...changes('figure', before.figures, after.figures, opensByFigure),
    ...changes('invariant', byId(before), byId(after), ({ from }) => from !== null),
  ]
}

/** A budget is an exception: it opens where it comes. All other figures limit or show: they open where they go. */
function opensByFigure({ name, from, to }: Omit<SideChange, 'opens'>): boolean {
  return (name.startsWith('budget.') ? to : from) !== null
}

const byId = ({ invariants }: Bundle) => new Map(invariants.map((one) => [one.id, one]))

function changes(
  kind: SideChange['kind'],
  before: ReadonlyMap<string, unknown>,
  after: ReadonlyMap<string, unknown>,
  opens: (change: Omit<SideChange, 'opens'>) => boolean,
): SideChange[] {
  const text = (map: ReadonlyMap<string, unknown>, name: string) =>
    map.has(name) ? JSON.stringify(map.get(name)) : null
  return [...new Set([...before.keys(), ...after.keys()])]
    .toSorted()
    .map((name) => ({ kind, name, from: text(before, name), to: text(after, name) }))
    .filter(({ from, to }) => from !== to)
    .map((change) => ({ ...change, opens: opens(change) }))
}
