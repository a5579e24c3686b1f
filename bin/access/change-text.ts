import type { GraphQLSchema } from 'graphql'
import type { CellChange } from '../../policy/review/diff-bundles.ts'
import { exampleQuery } from '../../policy/review/example-query.ts'
import type { SideChange } from '../../policy/review/side-changes.ts'
import { loadPersonas } from '../../synthetic/personas.ts'

/** A request that shows a change: who asks, under which purpose and case, what, and of which row. */
type Counterexample = {
  persona: string | null
  caller: string
  purpose: string | null
  /** One the persona works on, where the row has one. */
  caseNumber: string | null
  query: string | null
  row: Readonly<Record<string, string | number>>
}

/** Gives the request that shows a change in the example of its cell; a query is looked for once. */
function createCounterexamples(schema: GraphQLSchema): (change: CellChange) => Counterexample {
  const personas = loadPersonas()
  const queries = new Map<string, string | null>()
  return ({ caller, coordinate, example }) => {
    const [stated = 'NONE', kind] = caller.split(' ')
    const persona = personas.find(({ claims, purposes }) =>
      stated === 'NONE'
        ? (claims?.kind ?? 'NOBODY') === kind && claims?.act === undefined && claims?.org === undefined
        : purposes.includes(stated) && claims?.kind === kind,
    )
    const key = `${coordinate} ${example.relation === 'SELF'}`
    const query = queries.get(key) ?? exampleQuery(schema, coordinate, example.relation === 'SELF')
    queries.set(key, query)
    const purpose = stated === 'NONE' ? null : stated
    const caseNumber = example.case === 'NONE' ? null : (persona?.cases[0]?.number ?? null)
    return { persona: persona?.persona ?? null, caller, purpose, caseNumber, query, row: example }
  }
}

/** Many cells on as many lines as there are edits: how many, and one of them with the request that shows it. */
export function changesText(cells: readonly CellChange[], schema: GraphQLSchema): string {
  const groups = Map.groupBy(cells, ({ direction, because, to, from }) =>
    JSON.stringify([direction, because, from.outcome, from.rule, to.outcome, to.rule]),
  )
  const showing = createCounterexamples(schema)
  return [...groups.values()].map((group) => groupText(group, showing)).join('')
}

function groupText(
  [first, ...others]: readonly CellChange[],
  showing: ReturnType<typeof createCounterexamples>,
): string {
  if (first === undefined) return ''
  const { direction, because, from, to, level, caller, coordinate } = first
  const { persona, purpose, caseNumber, query, row } = showing(first)
  const headers = [purpose && `X-Purpose: ${purpose}`, caseNumber && `X-Case: ${caseNumber}`].filter(Boolean).join(', ')
  const shown = (ruling: CellChange['to']) =>
    `${ruling.outcome}${ruling.mask ? ` ${ruling.mask}` : ''} (${ruling.rule})`
  const fields = new Set([first, ...others].map((one) => one.coordinate))
  return [
    `${direction}  ${because}: ${shown(from)} -> ${shown(to)}`,
    `  ${fields.size === 1 ? coordinate : `${fields.size} fields, as ${coordinate}`} (${level}) for ${caller}`,
    ...(fields.size > 1 ? [`  ${[...fields].join(', ')}`] : []),
    `  shown by ${persona ?? 'a caller of that kind'}${headers === '' ? '' : ` with ${headers}`} asking ${query ?? coordinate}`,
    `  where ${Object.entries(row)
      .map(([fact, value]) => `${fact} ${value}`)
      .join(', ')}`,
    '',
  ].join('\n')
}

/** What changed beside the cells, one a line. */
export function sideText(side: readonly SideChange[]): string {
  return side
    .map(
      ({ kind, name, from, to, opens }) =>
        `${opens ? 'OPENS  ' : '       '}${kind} ${name}: ${from ?? 'none'} -> ${to ?? 'none'}\n`,
    )
    .join('')
}

/** Cells with the request that shows each, for whoever reads them as JSON. */
export function shownCells(
  cells: readonly CellChange[],
  schema: GraphQLSchema,
): (CellChange & { request: Counterexample })[] {
  const showing = createCounterexamples(schema)
  return cells.map((cell) => ({ ...cell, request: showing(cell) }))
}
