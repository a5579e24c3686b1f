import type { Table } from './types.ts'

/** What a find statement gives for each row: what identifies and places it, nothing else. */
export type AnchorRow = {
  parent: string | null
  key: string
  persons: readonly (string[] | string | null)[]
  place: (string | null)[]
  at: string | null
}

const anchors = (table: Table): string => {
  const persons = Object.values(table.persons ?? {}).map((sql) => `to_jsonb(${sql})`)
  const place = table.place ? [table.place.province, table.place.commune ?? 'null'] : []
  return [
    `t.${table.key}::text as key`,
    `jsonb_build_array(${persons.join(', ')}) as persons`,
    `jsonb_build_array(${place.join(', ')}) as place`,
    `${table.when ? `(${table.when})::date::text` : 'null::text'} as at`,
  ].join(', ')
}

/** Rows by their keys ($1). */
export const findByKeys = (table: Table): string =>
  `select null as parent, ${anchors(table)} from ${table.from} t where t.${table.key} = any($1::${table.keyType}[])`

export type ChildStatement = {
  by: string
  parentType: Table['keyType']
  where?: string | undefined
  /** Pages: $4 is the key after which to go on (or null). */
  paged: boolean
  /** Only rows in the places of the last parameter: the caller's jurisdiction. */
  placed: boolean
}

/** At most $2 rows of each parent key ($1), by key, and $3 in all; with pages and places as asked. */
export function findByParents(table: Table, child: ChildStatement): string {
  const conditions = [`t.${child.by} = p.key`]
  if (child.where) conditions.push(`(${child.where})`)
  if (child.paged) conditions.push(`($4::${table.keyType} is null or t.${table.key} > $4::${table.keyType})`)
  if (child.placed && table.place) {
    const places = [table.place.province, table.place.commune].filter((sql) => sql !== undefined)
    conditions.push(`(${places.map((sql) => `${sql} = any($${child.paged ? 5 : 4}::text[])`).join(' or ')})`)
  }
  return (
    `select p.key::text as parent, r.* from unnest($1::${child.parentType}[]) as p(key) cross join lateral ` +
    `(select ${anchors(table)} from ${table.from} t where ${conditions.join(' and ')} order by t.${table.key} limit $2) r limit $3`
  )
}

/**
 * One statement for all rows and columns of a tick: each row ($1) with the bits ($2) of the columns that may be read of
 * it; what may not be read never leaves the database, row by row (design I3).
 */
export function readColumns(table: Table, expressions: readonly string[]): string {
  const columns = expressions.map(
    (sql, bit) => `case when p.bits & ${2 ** bit}::bigint <> 0 then (${sql}) end as c${bit}`,
  )
  return (
    `select p.key::text as key, ${columns.join(', ')} from unnest($1::${table.keyType}[], $2::bigint[]) as p(key, bits) ` +
    `join ${table.from} t on t.${table.key} = p.key`
  )
}
