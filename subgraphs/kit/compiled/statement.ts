import type { Table } from '../types.ts'
import type { ChildRows, CompiledFetch, RowSelection } from './types.ts'

/**
 * A fetch as one statement, so that all of it is of one snapshot. Parameters: `$1` the citizens' numbers, `$2` the
 * caller's places, `$3` the places that rows are confined to (null: all), `$4…` the most rows of each page, then for each
 * level two lists of bits, one entry a citizen: the columns that may be read of a row inside, and outside, those places.
 *
 * Bits count only for rows that speak of that citizen alone: of all others nothing but open columns leaves the database
 * (design I3). A row arrives as JSON: key, persons, place, date, bits read, and as many texts as columns; then one list
 * for each kind of row below it.
 */
export function statementOf({ citizen, levels, roots }: CompiledFetch): string {
  const pages = levels.flatMap(({ children }) => children).filter(({ page }) => page !== null).length
  const first = 4 + pages
  const lists = levels.flatMap(({ level }) => [
    `$${first + 2 * level}::bigint[]`,
    `$${first + 2 * level + 1}::bigint[]`,
  ])
  const names = levels.flatMap(({ level }) => [`i${level}`, `o${level}`])
  const isPlaced = citizen.table.place !== undefined
  const row = isPlaced || roots !== null ? rootRow(citizen) : virtualRow(citizen)
  // A parameter that nothing names has no type.
  const named = ['$2::text[]', '$3::text[]'].map((parameter) => `(${parameter} is null or true)`).join(' and ')
  const citizens = `unnest($1::text[], ${lists.join(', ')}) with ordinality as p(key, ${names.join(', ')}, n)`
  return `select (${row}) as r from ${citizens} where ${named} order by p.n`
}

/** Bits of the open columns (L0), which are read of every row. */
export function openBits({ columns }: RowSelection): number {
  return columns.reduce((bits, { class: { level } }, bit) => (level === 'L0' ? bits + 2 ** bit : bits), 0)
}

function rootRow(citizen: RowSelection): string {
  const { table } = citizen
  return `select ${rowJson(citizen)} from ${table.from} t ${anchors(citizen, null)} where t.${table.key} = p.key`
}

/** A database without places of people finds no row for them: what hangs on the number is looked for at once. */
function virtualRow(citizen: RowSelection): string {
  const lists = citizen.children.map((child) => childList(child, 'p.key', null))
  return `json_build_array(${lists.join(', ')})`
}

function rowJson(selection: RowSelection): string {
  const { level, table, columns, children } = selection
  const a = `a${level}`
  const persons = Object.keys(table.persons ?? {}).map((_, index) => `${a}.p${index}`)
  const place = table.place === undefined ? [] : [`${a}.pl`, `${a}.pc`]
  const at = table.when === undefined ? 'null' : `${a}.at`
  const values = columns.map(({ sql }, bit) => `case when ${a}.bits & ${2 ** bit}::bigint <> 0 then (${sql})::text end`)
  const lists = children.map((child) => childList(child, `${a}.k`, level))
  return `json_build_array(${[`${a}.k::text`, `json_build_array(${persons.join(', ')})`, `json_build_array(${place.join(', ')})`, at, `${a}.bits`, ...values, ...lists].join(', ')})`
}

/** What identifies and places a row, computed once, and from it the columns that may be read of it. */
function anchors(selection: RowSelection, parent: number | null): string {
  const { level, table } = selection
  const persons = Object.values(table.persons ?? {})
  const facts = [
    `t.${table.key} as k`,
    ...persons.map((sql, index) => `to_jsonb(${sql}) as p${index}`),
    ...(table.place === undefined
      ? []
      : [`${table.place.province} as pl`, `${table.place.commune ?? 'null::text'} as pc`]),
    ...(table.when === undefined ? [] : [`(${table.when})::date::text as at`]),
  ]
  return (
    `cross join lateral (select ${facts.join(', ')} offset 0) f${level} ` +
    `cross join lateral (select f${level}.*, ${isOwn(table, level, parent)} as own, ${isInside(table, level, parent)} as inside offset 0) g${level} ` +
    `cross join lateral (select g${level}.*, case when not g${level}.own then ${openBits(selection)}::bigint ` +
    `when g${level}.inside then p.i${level} else p.o${level} end as bits offset 0) a${level}`
  )
}

function isOwn(table: Table, level: number, parent: number | null): string {
  const persons = Object.keys(table.persons ?? {})
  // A row that says nothing of persons speaks of its parent's.
  if (table.persons === undefined) return parent === null ? 'true' : `a${parent}.own`
  return persons.length === 1 ? `f${level}.p0 is not distinct from to_jsonb(p.key)` : 'false'
}

function isInside(table: Table, level: number, parent: number | null): string {
  if (table.place === undefined) return parent === null ? 'false' : `a${parent}.inside`
  return `coalesce(f${level}.pl = any($2::text[]), false) or coalesce(f${level}.pc = any($2::text[]), false)`
}

function childList({ edge, rows, isJudgedHere, page }: ChildRows, key: string, parent: number | null): string {
  const { table } = rows
  const conditions = [`t.${edge.by} = ${key}`]
  if (edge.where) conditions.push(`(${edge.where})`)
  if (isJudgedHere && table.place) {
    const places = [table.place.province, table.place.commune].filter((sql) => sql !== undefined)
    conditions.push(`($3::text[] is null or ${places.map((sql) => `${sql} = any($3::text[])`).join(' or ')})`)
  }
  const limit = page === null ? (edge.kind === 'one' ? '1' : '200') : `$${4 + page.limit}::bigint`
  return (
    `(select coalesce(json_agg(c.r order by c.k), '[]') from (select t.${table.key} as k, ${rowJson(rows)} as r ` +
    `from ${table.from} t ${anchors(rows, parent)} where ${conditions.join(' and ')} order by t.${table.key} limit ${limit}) c)`
  )
}
