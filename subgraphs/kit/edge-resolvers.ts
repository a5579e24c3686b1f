import { denial, problem } from '../../policy/errors.ts'
import { absentRow } from './find-rows.ts'
import { fullPage, type Page } from './full-page.ts'
import type { DecideOptions } from './gate.ts'
import type { RequestContext } from './request-context.ts'
import type { Edge, Row, Table } from './types.ts'

type Args = Record<string, unknown>
type ChildEdge = Extract<Edge, { kind: 'one' | 'list' | 'connection' }>

/** True where rows have places of their own and the parent has none: jurisdiction is judged row by row. */
export function isJudgedAtRows(edge: Edge, parent: Row): boolean {
  return 'table' in edge && edge.kind !== 'embed' && edge.table.place !== undefined && parent.table.place === undefined
}

/**
 * A row by a presented identifier. Who may not know whether it exists gets the same stub either way, whose fields are
 * then decided one by one (design I4). Who may is told, and that they were stands on the record of whom it is about.
 */
export async function lookUp(
  edge: Extract<Edge, { kind: 'lookup' }>,
  coordinate: string,
  args: Args,
  context: RequestContext,
): Promise<Row> {
  const row = await context.gate.find.byKey(edge.table, edge.key(args, context))
  const decision = await context.gate.decide(row, coordinate, { isTold: true })
  if (decision.failed === 'caller' || decision.failed === 'purpose')
    throw denial(decision, context.errorPlace(coordinate))
  const mayKnow = decision.outcome === 'ALLOW' || decision.outcome === 'MASK' || row.persons.length === 0
  if (!row.exists && mayKnow) throw problem('NOT_FOUND', undefined, { coordinate })
  return row
}

/** Rows below a parent, whoever may know of them. */
function rowsBelow(
  edge: ChildEdge,
  parent: Row,
  page: { limit: number; after: string | null },
  context: RequestContext,
): Promise<Row[]> {
  if (!parent.exists) return Promise.resolve([])
  const { table, by, where } = edge
  const { jurisdiction } = context.principal
  const placed = isJudgedAtRows(edge, parent) && jurisdiction.length > 0 && !jurisdiction.includes('VN')
  const child = { by, where, parentType: parent.table.keyType, paged: edge.kind === 'connection', placed }
  return context.gate.find.byParent({ table, child, ...page, places: jurisdiction }, parent)
}

/** Those that the caller may know of: others are left out, not shown as gaps. */
async function children(
  edge: ChildEdge,
  coordinate: string,
  parent: Row,
  limit: number,
  context: RequestContext,
): Promise<Row[]> {
  const rows = await rowsBelow(edge, parent, { limit, after: null }, context)
  if (context.isOpen(coordinate)) return rows
  const known = await Promise.all(rows.map((row) => isKnown(row, coordinate, context, { isTold: true })))
  return rows.filter((_, index) => known[index])
}

async function isKnown(
  row: Row,
  coordinate: string,
  context: RequestContext,
  options: DecideOptions,
): Promise<boolean> {
  const { outcome } = await context.gate.decide(row, coordinate, options)
  return outcome === 'ALLOW' || outcome === 'MASK'
}

/** At most one row. */
export async function oneChild(
  edge: ChildEdge,
  coordinate: string,
  parent: Row,
  context: RequestContext,
): Promise<Row | null> {
  return (await children(edge, coordinate, parent, 1, context))[0] ?? null
}

/** All rows of a list that stays small. */
export const childList = (edge: ChildEdge, coordinate: string, parent: Row, context: RequestContext): Promise<Row[]> =>
  children(edge, coordinate, parent, 200, context)

/** One page, by key. */
export async function childPage(
  edge: ChildEdge,
  coordinate: string,
  parent: Row,
  args: Args,
  context: RequestContext,
): Promise<Page> {
  const read = (after: string | null, limit: number) => rowsBelow(edge, parent, { limit, after }, context)
  const list = { coordinate, args, bound: { parent: parent.key }, read }
  if (context.isOpen(coordinate)) return fullPage(list, context)
  const known = (row: Row) => isKnown(row, coordinate, context, { isSilent: true })
  const page = await fullPage({ ...list, isKnown: known }, context)
  await Promise.all(page.nodes.map((row) => context.gate.decide(row, coordinate, { isTold: true })))
  return page
}

/** The Citizen entity of a personal number, with the place this database judges by. */
export async function citizenRow(table: Table, person: string, context: RequestContext): Promise<Row> {
  return table.place === undefined && table.type === 'Citizen'
    ? { ...absentRow(table, person), exists: true }
    : context.gate.find.byKey(table, person)
}
