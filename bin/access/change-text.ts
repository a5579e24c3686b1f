import type { GraphQLSchema } from 'graphql'
import { createCounterexamples, groupedChanges, type Counterexample } from '../../policy/review/counterexamples.ts'
import type { CellChange } from '../../policy/review/diff-bundles.ts'
import type { SideChange } from '../../policy/review/side-changes.ts'
import { loadPersonas } from '../../synthetic/personas.ts'

/** Many cells on as many lines as there are edits: how many, and one of them with the request that shows it. */
export function changesText(cells: readonly CellChange[], schema: GraphQLSchema): string {
  const showing = createCounterexamples(schema, loadPersonas())
  return groupedChanges(cells)
    .map((group) => groupText(group, showing))
    .join('')
}

function groupText(
  [first, ...others]: readonly [CellChange, ...CellChange[]],
  showing: ReturnType<typeof createCounterexamples>,
): string {
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
  const showing = createCounterexamples(schema, loadPersonas())
  return cells.map((cell) => ({ ...cell, request: showing(cell) }))
}
