import type { Table } from '../types.ts'
import type { ReadableBits } from './readable-bits.ts'
import type { ChildRows, CompiledFetch, RowSelection } from './types.ts'

/** What a statement is for: the less differs between rows, the less of it has to be asked of each. */
export type StatementKind = {
  isOne: boolean
  /** Whether what the caller may read hangs on where a row is. */
  isPlaced: boolean
  /** What may be read of everybody asked about; null where it is not the same. */
  bits: ReadableBits | null
}

/** What a parameter holds: numbers of citizens, the caller's places, the rows of a page, or bits of a level by citizen. */
export type Parameter = 'people' | 'places' | { page: number } | { place: keyof ReadableBits; level: number }

export type Statement = { text: string; parameters: readonly Parameter[] }

/**
 * A fetch as one statement, so that all of it is of one snapshot. Bits say which columns may be read of a row inside, and
 * outside, the caller's places. They count only for rows that speak of that citizen alone: of all others nothing but open
 * columns leaves the database (design I3).
 *
 * A row arrives as JSON: key, persons (null: the citizen alone), place (null: nobody asks), date, bits read, and as many
 * texts as columns; then one list for each kind of row below it (null: none).
 */
export function statementOf(
  { citizen, levels, roots }: CompiledFetch,
  { isOne, isPlaced, bits }: StatementKind,
): Statement {
  const parameters: Parameter[] = []
  const judgedSides = isPlaced ? sides : (['outside'] as const)
  const isPlaceJudged =
    isPlaced && (bits === null || levels.some(({ level }) => bits.inside[level] !== bits.outside[level]))
  const people = peopleFrom()
  const hasRow = citizen.table.place !== undefined || roots !== null
  const row = hasRow
    ? rootRow()
    : `json_build_array(${citizen.children.map((child) => rowsBelow(child, unread)).join(', ')})`
  return { text: `select (${row}) as r from ${people}`, parameters }

  function parameter(of: Parameter, type: string): string {
    const known = parameters.findIndex((one) => one === of)
    return `$${known === -1 ? parameters.push(of) : known + 1}::${type}`
  }

  function peopleFrom(): string {
    if (isOne) return `(select ${parameter('people', 'text')} as key) p`
    const lists = levels.flatMap(({ level }) =>
      bits === null
        ? judgedSides.map((place) => [`${place}${level}`, parameter({ place, level }, 'bigint[]')] as const)
        : [],
    )
    const given = [parameter('people', 'text[]'), ...lists.map(([, list]) => list)]
    return `unnest(${given.join(', ')}) with ordinality as p(${['key', ...lists.map(([name]) => name), 'n'].join(', ')}) order by p.n`
  }

  function rootRow(): string {
    const { table } = citizen
    const row = rowOf(citizen, table.key, unread)
    return `select ${row.json} from ${table.from} t ${row.joins} where t.${table.key} = p.key`
  }

  /** A row's JSON, and what is joined to its table to make it. */
  function rowOf(selection: RowSelection, by: string, above: Above): { json: string; joins: string } {
    const { level, table, columns, children } = selection
    const f = `f${level}`
    const isOwn = isAlwaysOwn(table, by, above)
    const persons = isOwn ? [] : Object.values(table.persons ?? {})
    const placed = isPlaced && table.place !== undefined
    const facts = [
      `t.${table.key} as k`,
      ...persons.map((sql, index) => `to_jsonb(${sql}) as p${index}`),
      ...(placed ? [`${table.place?.province} as pl`, `${table.place?.commune ?? 'null::text'} as pc`] : []),
      ...(table.when === undefined ? [] : [`(${table.when})::date::text as at`]),
    ]
    const own = isOwn ? 'true' : ownOf(table, f, above)
    const inside = placed && isPlaceJudged ? insideOf(f) : above.inside
    const constant = own === 'true' && !isPlaceJudged && bits !== null ? (bits.outside[level] ?? 0) : null
    const a = `a${level}`
    const judged =
      constant === null
        ? ` cross join lateral (select ${own} as own, ${inside} as inside, ${bitsOf(selection, own, inside)} as bits offset 0) ${a}`
        : ''
    const here: Above = {
      key: `${f}.k`,
      own: constant === null ? `${a}.own` : own,
      inside: isPlaceJudged ? `${a}.inside` : inside,
      isOwn,
      isPerson: isOwn && above.isPerson && by === table.key,
    }
    const values = columns.map(({ sql }, bit) => valueOf(sql, bit, constant, `${a}.bits`))
    const parts = [
      `${f}.k::text`,
      isOwn ? 'null' : `json_build_array(${persons.map((_, index) => `${f}.p${index}`).join(', ')})`,
      placed ? `json_build_array(${f}.pl, ${f}.pc)` : 'null',
      table.when === undefined ? 'null' : `${f}.at`,
      constant === null ? `${a}.bits` : `${constant}::bigint`,
      ...values,
      ...children.map((child) => rowsBelow(child, here)),
    ]
    // What a subquery works out is worked out once.
    const once = facts.some((fact) => fact.includes('(select')) ? ' offset 0' : ''
    return {
      json: `json_build_array(${parts.join(', ')})`,
      joins: `cross join lateral (select ${facts.join(', ')}${once}) ${f}${judged}`,
    }
  }

  function insideOf(f: string): string {
    const places = parameter('places', 'text[]')
    return `coalesce(${f}.pl = any(${places}) or ${f}.pc = any(${places}), false)`
  }

  function bitsOf(selection: RowSelection, own: string, inside: string): string {
    const { level } = selection
    const bitsAt = (place: keyof ReadableBits) =>
      bits === null ? `p.${place}${level}` : `${bits[place][level] ?? 0}::bigint`
    const ofInside = inside === 'false' ? '' : `when ${inside} then ${bitsAt('inside')} `
    return `case when not (${own}) then ${openBits(selection)}::bigint ${ofInside}else ${bitsAt('outside')} end`
  }

  function rowsBelow({ edge, rows, isJudgedHere, page }: ChildRows, above: Above): string {
    const { table } = rows
    const row = rowOf(rows, edge.by, above)
    const conditions = [`t.${edge.by} = ${above.key}`]
    if (edge.where) conditions.push(`(${edge.where})`)
    if (isJudgedHere && isPlaced && table.place) {
      const places = [table.place.province, table.place.commune].filter((sql) => sql !== undefined)
      conditions.push(`(${places.map((sql) => `${sql} = any(${parameter('places', 'text[]')})`).join(' or ')})`)
    }
    const from = `from ${table.from} t ${row.joins} where ${conditions.join(' and ')} order by t.${table.key}`
    if (edge.kind === 'one') return `(select json_build_array(${row.json}) ${from} limit 1)`
    const limit = page === null ? '200' : parameter({ page: page.limit }, 'bigint')
    return `(select json_agg(c.r order by c.k) from (select t.${table.key} as k, ${row.json} as r ${from} limit ${limit}) c)`
  }
}

/**
 * What rows below a row take from it: SQL of its key, of whether it speaks of the citizen alone, and of where it is; and
 * whether each row speaks of the citizen alone, and has the citizen's number as its key, whatever it says.
 */
type Above = { key: string; own: string; inside: string; isOwn: boolean; isPerson: boolean }
const unread: Above = { key: 'p.key', own: 'true', inside: 'false', isOwn: true, isPerson: true }
const sides = ['inside', 'outside'] as const

/** Bits of the open columns (L0), which are read of every row. */
export function openBits({ columns }: RowSelection): number {
  return columns.reduce((bits, { class: { level } }, bit) => (level === 'L0' ? bits + 2 ** bit : bits), 0)
}

/** True where the row was found by the very number of the one person it names. */
function isAlwaysOwn({ persons }: Table, by: string, { isOwn, isPerson }: Above): boolean {
  if (persons === undefined) return isOwn
  const [person, ...others] = Object.values(persons)
  return isPerson && others.length === 0 && person === `t.${by}`
}

function ownOf(table: Table, f: string, above: Above): string {
  // A row that says nothing of persons speaks of its parent's.
  if (table.persons === undefined) return above.own
  return Object.keys(table.persons).length === 1 ? `${f}.p0 is not distinct from to_jsonb(p.key)` : 'false'
}

function valueOf(sql: string, bit: number, constant: number | null, bits: string): string {
  if (constant === null) return `case when ${bits} & ${2 ** bit}::bigint <> 0 then (${sql})::text end`
  return Math.floor(constant / 2 ** bit) % 2 === 1 ? `(${sql})::text` : 'null'
}
