import DataLoader from 'dataloader'
import { createRowBudget } from './row-budget.ts'
import type { Session } from './session.ts'
import { findByKeys, findByParents, type AnchorRow, type ChildStatement } from './statements.ts'
import type { Row, Table } from './types.ts'

/** Rows below one parent, in the order of their keys. */
export type ChildQuery = {
  table: Table
  child: ChildStatement
  limit: number
  after: string | null
  places: readonly string[]
}

/** Finds rows for one request, batched: reads what identifies and places them, never a value. */
export type RowFinder = {
  /** The row with this key; `exists` is false where there is none. */
  byKey: (table: Table, key: string) => Promise<Row>
  byParent: (query: ChildQuery, parent: Row) => Promise<Row[]>
  /** True once more rows were asked for than one fetch may have. */
  isExhausted: () => boolean
}

/** One statement a table (and kind of list) a tick. Rejects with QUERY_TOO_COMPLEX beyond the rows of one fetch. */
export function createRowFinder(session: Session): RowFinder {
  const budget = createRowBudget()
  const byKey = new Map<Table, DataLoader<string, Row>>()
  const byParent = new Map<string, DataLoader<string, AnchorRow[]>>()
  // Lists whose rows were counted when they were read; reached again, they are counted again.
  const reached = new Set<string>()
  // What is left is known when the list before was read; statements of one request wait for each other anyway.
  let before: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(read: () => Promise<T>): Promise<T> => {
    const own = before.then(read)
    before = own.catch(() => undefined)
    return own
  }

  const keyLoader = (table: Table) =>
    new DataLoader<string, Row>(async (keys) => {
      const found = await session.rows<AnchorRow>(findByKeys(table), [keys])
      const rows = new Map(found.map((anchor) => [anchor.key, rowFromAnchor(table, anchor)]))
      return keys.map((key) => rows.get(key) ?? absentRow(table, key))
    })

  const parentLoader = ({ table, child, limit, after, places }: ChildQuery) =>
    new DataLoader<string, AnchorRow[]>(async (parents) => {
      const found = await inTurn(async () => {
        // One more than may be had tells that there are too many, and no more than that is read.
        const values: unknown[] = [parents, limit, budget.left() + 1]
        if (child.paged) values.push(after)
        if (child.placed && table.place) values.push(places)
        const rows = await session.rows<AnchorRow>(findByParents(table, child), values)
        budget.take(rows.length)
        return rows
      })
      const lists = new Map<string, AnchorRow[]>()
      for (const anchor of found) lists.set(anchor.parent ?? '', [...(lists.get(anchor.parent ?? '') ?? []), anchor])
      return parents.map((parent) => lists.get(parent) ?? [])
    })

  return {
    byKey: async (table, key) => {
      budget.take(1)
      return remembered(byKey, table, () => keyLoader(table)).load(key)
    },
    byParent: async (query, parent) => {
      const id = JSON.stringify([query.table.type, query.child, query.limit, query.after, query.places])
      const anchors = await remembered(byParent, id, () => parentLoader(query)).load(parent.key)
      const list = `${id} ${parent.key}`
      if (reached.has(list)) budget.take(anchors.length)
      reached.add(list)
      return anchors.map((anchor) => rowFromAnchor(query.table, anchor, parent))
    },
    isExhausted: budget.isExhausted,
  }
}

function remembered<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}

/** A row that says nothing of persons or places of its own speaks of its parent's. */
export function rowFromAnchor(table: Table, anchor: Omit<AnchorRow, 'parent'>, parent?: Row): Row {
  const spoken = table.persons === undefined ? null : personsIn(Object.keys(table.persons), anchor.persons)
  return {
    __typename: table.type,
    table,
    key: anchor.key,
    persons: spoken === null ? (parent?.persons ?? nobody) : spoken.persons,
    personsByField: spoken === null ? ofNobody : spoken.byField,
    place: table.place === undefined ? (parent?.place ?? nowhere) : anchor.place.filter((code) => code !== null),
    when: table.when === undefined ? (parent?.when ?? null) : anchor.at,
    exists: true,
  }
}

const nobody: readonly string[] = []
const nowhere: readonly string[] = []
const ofNobody: Row['personsByField'] = {}

/** The persons in the fields of a row, each field's and all of them, once. */
function personsIn(fields: readonly string[], cells: AnchorRow['persons']) {
  let persons = nobody
  const byField: Record<string, readonly string[]> = {}
  fields.forEach((field, index) => {
    const found = textsIn(cells[index])
    byField[field] = found
    // Nearly every row speaks of one.
    persons = persons.length === 0 && found.length < 2 ? found : [...new Set([...persons, ...found])]
  })
  return { persons, byField }
}

function textsIn(cell: AnchorRow['persons'][number] | undefined): readonly string[] {
  if (typeof cell === 'string') return [cell]
  return Array.isArray(cell) ? cell.filter((one) => typeof one === 'string') : nobody
}

/** A presented personal number is a subject also where no row has it: absent and denied look alike (design I4). */
export function absentRow(table: Table, key: string): Row {
  const persons = table.type === 'Citizen' ? [key] : nobody
  return {
    __typename: table.type,
    table,
    key,
    persons,
    personsByField: ofNobody,
    place: nowhere,
    when: null,
    exists: false,
  }
}
