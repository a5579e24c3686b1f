import type { PurposeRegistry } from '../purposes.ts'
import type { Rule } from '../rule.ts'
import type { FieldClass } from '../types.ts'
import { accessMatrix, type AccessCell } from './access-matrix.ts'
import { askerOfClass } from './asker.ts'
import type { CallerClass } from './caller-classes.ts'
import { graphPaths, type GraphPath } from './graph-paths.ts'
import { reachOf, type ClosedPath, type ReviewedGraph } from './reachable.ts'

/** A kind of caller that a field may open to: its cells, the ways that stay open to it, and where others close. */
export type Reader = {
  caller: string
  cells: AccessCell[]
  open: readonly GraphPath[]
  closed: readonly ClosedPath[]
}

/** Everyone who can reach a field. */
export type Readers = {
  /** Why everybody can, whoever they are; null where it depends on who asks. */
  everybody: { vi: string; en: string } | null
  /** The shortest ways there are to the field, open or not. */
  ways: number
  readers: Reader[]
}

/** What readers are found in. */
export type ReadGraph = ReviewedGraph & {
  rules: readonly Rule[]
  callers: readonly CallerClass[]
  purposes: PurposeRegistry
}

/** Everyone some rule speaks of for this field without refusing it, with every way through the graph. */
export function readersOf(field: FieldClass, { rules, callers, purposes, ...graph }: ReadGraph): Readers {
  const { coordinate, level, structure } = field
  if (structure) return { everybody: likeItsPlace, ways: 0, readers: [] }
  if (level === 'L0') return { everybody: openData, ways: 0, readers: [] }
  const all = graphPaths(graph.schema).get(coordinate) ?? []
  const cells = accessMatrix(rules, new Map([[coordinate, field]]), callers).filter(({ outcome }) => outcome !== 'DENY')
  const readers = callers
    .map((callerClass) => ({ callerClass, own: cells.filter(({ caller }) => caller === callerClass.name) }))
    .filter(({ own }) => own.length > 0)
    .map(({ callerClass, own }) => {
      const reach = reachOf(rules, askerOfClass(callerClass, purposes), graph)
      const closed = all.flatMap((path) => reach.closes(path) ?? [])
      return { caller: callerClass.name, cells: own, open: reach.openTo(coordinate), closed }
    })
  return { everybody: null, ways: all.length, readers }
}

const likeItsPlace = { vi: 'ai tới được nơi nó đứng thì tới được nó', en: 'whoever reaches what it stands on' }
const openData = { vi: 'mọi người: dữ liệu mở (L0)', en: 'everybody: open data (L0)' }
