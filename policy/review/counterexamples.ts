import type { GraphQLSchema } from 'graphql'
import type { CellChange } from './diff-bundles.ts'
import { exampleQuery } from './example-query.ts'

/** Somebody who can sign in to show a change. */
type Asking = {
  persona: string
  claims: { kind: string; org?: string | undefined; act?: unknown } | null
  purposes: readonly string[]
  cases: readonly { number: string }[]
}

/** A request that shows a change: who asks, under which purpose and case, what, and of which row. */
export type Counterexample = {
  persona: string | null
  caller: string
  purpose: string | null
  /** One the persona works on, where the row has one. */
  caseNumber: string | null
  query: string | null
  row: Readonly<Record<string, string | number>>
}

/** Gives the request that shows a change in the example of its cell; a query is looked for once. */
export function createCounterexamples(
  schema: GraphQLSchema,
  personas: readonly Asking[],
): (change: CellChange) => Counterexample {
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

/** Cells that one edit changed from one ruling to one other. */
export function groupedChanges(cells: readonly CellChange[]): [CellChange, ...CellChange[]][] {
  const groups = Map.groupBy(cells, ({ direction, because, to, from }) =>
    JSON.stringify([direction, because, from.outcome, from.rule, to.outcome, to.rule]),
  )
  return [...groups.values()].flatMap(([first, ...others]) => (first === undefined ? [] : [[first, ...others]]))
}
