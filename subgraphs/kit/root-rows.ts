import { fullPage } from './full-page.ts'
import type { Edge, Row, SubgraphContext, Table } from './types.ts'

type Args = Readonly<Record<string, unknown>>

/** Which rows of a table a root field ranges over. SQL is a constant of the source; `$1…` are `values`. */
export type RootFilter = {
  where?: string
  values?: (args: Args) => readonly unknown[]
  /** By the table's key unless said. */
  order?: string
}

/** All rows of an open table that a root field lists. Only for bounded lists of open data: nothing is left out. */
export function rootList(table: Table, { where = 'true', values = () => [], order }: RootFilter = {}): Edge {
  const listed = { table, where, order: order ?? `t.${table.key}`, values }
  const text = `select t.${table.key}::text as key from ${table.from} t where ${where} order by ${listed.order}`
  return {
    kind: 'impersonal',
    listed,
    resolve: async (_parents, args, context) => [await rowsOf(table, text, values(args), context)],
  }
}

/** The same in pages by key: `first` (1 to 100, 20 unless said) and `after`, a cursor of this list for this caller. */
export function rootPage(
  table: Table,
  coordinate: string,
  { where = 'true', values = () => [] }: RootFilter = {},
): Edge {
  return {
    kind: 'resolve',
    resolve: (_parent, args, context) => {
      const own = values(args)
      const last = `$${own.length + 1}::${table.keyType}`
      const text =
        `select t.${table.key}::text as key from ${table.from} t where (${where}) and (${last} is null or t.${table.key} > ${last}) ` +
        `order by t.${table.key} limit $${own.length + 2}`
      const read = (after: string | null, limit: number) => rowsOf(table, text, [...own, after, limit], context)
      return fullPage({ coordinate, args, read }, context)
    },
  }
}

async function rowsOf(
  table: Table,
  text: string,
  values: readonly unknown[],
  context: SubgraphContext,
): Promise<Row[]> {
  const keys = await context.gate.keys(text, values)
  return Promise.all(keys.map((key) => context.gate.row(table, key)))
}
