import type { Pool } from 'pg'
import { columnTypes } from '../postgres/column-types.ts'
import type { CompiledFetch, RowSelection } from './types.ts'

/** Turns the text of a column into the value the plain path reads of it: by level and column. */
export type ColumnValues = readonly (readonly ((text: string) => unknown)[])[]

const boolean = 16
/** `bpchar`: its text form has lost the blanks that its own form keeps. */
const padded = 1042

/** Asks the database for the types of a fetch's columns. Rejects where a type's text is not what its value is read from. */
export async function columnValuesOf(pool: Pool, { levels }: CompiledFetch): Promise<ColumnValues> {
  return Promise.all(levels.map((level) => ofLevel(pool, level)))
}

async function ofLevel(pool: Pool, { table, columns }: RowSelection): Promise<((text: string) => unknown)[]> {
  if (columns.length === 0) return []
  const named = columns.map(({ sql }, index) => `(${sql}) as c${index}`)
  const { fields } = await pool.query(`select ${named.join(', ')} from ${table.from} t limit 0`)
  return fields.map(({ dataTypeID }) => {
    if (dataTypeID === padded) throw new Error(`${table.from}: a padded column`)
    if (dataTypeID === boolean) return (text: string) => text === 'true'
    return columnTypes.getTypeParser(dataTypeID, 'text') as (text: string) => unknown
  })
}
