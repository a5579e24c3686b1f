import { denial, problem } from '../../policy/errors.ts'
import { pageSizeFrom } from './cursor.ts'
import { absentRow } from './find-rows.ts'
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
 * then decided one by one (design I4).
 */
export async function lookUp(
  edge: Extract<Edge, { kind: 'lookup' }>,
  coordinate: string,
  args: Args,
  context: RequestContext,
): Promise<Row> {
  const row = await context.gate.find.byKey(edge.table, edge.key(args, context))
  const decision = await context.gate.decide(row, coordinate, { isSilent: true })
  if (decision.failed === 'caller' || decision.failed === 'purpose')
    throw denial(decision, context.errorPlace(coordinate))
  const mayKnow = decision.outcome === 'ALLOW' || decision.outcome === 'MASK' || row.persons.length === 0
  if (!row.exists && mayKnow) throw problem('NOT_FOUND', undefined, { coordinate })
  return row
}

/** Rows below a parent that the caller may know of: others are left out, not shown as gaps. */
async function children(
  edge: ChildEdge,
  coordinate: string,
  parent: Row,
  page: { limit: number; after: string | null },
  context: RequestContext,
): Promise<Row[]> {
  if (!parent.exists) return []
  const { table, by, where } = edge
  const { jurisdiction } = context.principal
  const placed = isJudgedAtRows(edge, parent) && jurisdiction.length > 0 && !jurisdiction.includes('VN')
  const child = { by, where, parentType: parent.table.keyType, paged: edge.kind === 'connection', placed }
  const rows = await context.gate.find.byParent({ table, child, ...page, places: jurisdiction }, parent)
  if (context.isOpen(coordinate)) return rows
  const decisions = await Promise.all(rows.map((row) => context.gate.decide(row, coordinate, { isSilent: true })))
  return rows.filter((_, index) => ['ALLOW', 'MASK'].includes(decisions[index]?.outcome ?? 'DENY'))
}

/** At most one row. */
export async function oneChild(
  edge: ChildEdge,
  coordinate: string,
  parent: Row,
  context: RequestContext,
): Promise<Row | null> {
  return (await children(edge, coordinate, parent, { limit: 1, after: null }, context))[0] ?? null
}

/** All rows of a list that stays small. */
export const childList = (edge: ChildEdge, coordinate: string, parent: Row, context: RequestContext): Promise<Row[]> =>
  children(edge, coordinate, parent, { limit: 200, after: null }, context)

/** One page, by key. */
export async function childPage(
  edge: ChildEdge,
  coordinate: string,
  parent: Row,
  args: Args,
  context: RequestContext,
): Promise<unknown> {
  const size = pageSizeFrom(args['first'])
  const cursors = context.gate.cursors(coordinate, { ...args, parent: parent.key })
  const after = typeof args['after'] === 'string' ? cursors.open(args['after']) : null
  const found = await children(edge, coordinate, parent, { limit: size + 1, after }, context)
  const nodes = found.slice(0, size)
  const edges = nodes.map((node) => ({ cursor: cursors.seal(node.key), node }))
  const pageInfo = {
    hasNextPage: found.length > size,
    hasPreviousPage: after !== null,
    startCursor: edges[0]?.cursor ?? null,
    endCursor: edges.at(-1)?.cursor ?? null,
  }
  return { nodes, edges, pageInfo }
}

/** The Citizen entity of a personal number, with the place this database judges by. */
export async function citizenRow(table: Table, person: string, context: RequestContext): Promise<Row> {
  return table.place === undefined && table.type === 'Citizen'
    ? { ...absentRow(table, person), exists: true }
    : context.gate.find.byKey(table, person)
}
