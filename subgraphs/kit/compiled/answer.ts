import { GraphQLError } from 'graphql'
import { denial } from '../../../policy/errors.ts'
import { mask } from '../../../policy/mask.ts'
import type { Decision, FieldClass, LegalBasis } from '../../../policy/types.ts'
import { absentRow, rowFromAnchor } from '../find-rows.ts'
import type { MaskNotice, RequestContext } from '../request-context.ts'
import type { Row, Table } from '../types.ts'
import type { ColumnValues } from './column-values.ts'
import { completed } from './completed.ts'
import type { Judge } from './create-judge.ts'
import { isGranted } from './readable-bits.ts'
import type { ChildRows, PageField, RowSelection, SelectedField } from './types.ts'

/** A row as the statement gives it. */
export type Cells = readonly unknown[]
/** Where cells of columns begin: behind key, persons, place, date and bits. */
export const firstColumn = 5

/** What one pass over the rows found. It is used whole or not at all. */
export type Pass = {
  errors: GraphQLError[]
  masked: MaskNotice[]
  /** Facts that are missing. */
  waiting: Promise<unknown>[]
  /** Columns that may be read and were not: by level and row. */
  unread: { level: number; row: Row; column: number; basis: LegalBasis | null }[]
  /** Set where only the plain path can answer. */
  isBeyond: boolean
  rows: number
}

/** A place in the answer. */
type Place = { up: Place | null; key: string | number }

/** What a pass needs, and what it gathers. */
export type Answers = {
  pass: Pass
  judge: Judge
  values: ColumnValues
  context: RequestContext
  pageSize: (page: number) => number
}

/** The fields of one citizen, at a place of the answer; `cells` is null where no row was found. */
export function citizenAnswer(
  selection: RowSelection,
  row: Row,
  { cells, lists }: { cells: Cells | null; lists: Cells },
  at: readonly (string | number)[],
  answers: Answers,
): Record<string, unknown> {
  const place = at.reduce<Place | null>((up, key) => ({ up, key }), null)
  return object(selection, selection.fields, row, cells, lists, place, answers)
}

/** A row of cells, below its parent; without a list of persons it speaks of its parent's alone. */
export function rowFromCells(table: Table, cells: Cells, parent: Row): Row {
  const [key, persons, place, at] = cells as [
    string,
    readonly (string | string[] | null)[] | null,
    (string | null)[] | null,
    string | null,
  ]
  return rowFromAnchor(table, { key, persons: persons ?? parent.persons, place: place ?? [], at }, parent)
}

function object(
  selection: RowSelection,
  fields: readonly SelectedField[],
  row: Row,
  cells: Cells | null,
  lists: Cells,
  place: Place | null,
  answers: Answers,
): Record<string, unknown> {
  // Response keys are the client's: `__proto__` too.
  const out = Object.create(null) as Record<string, unknown>
  for (const field of fields) {
    const here = { up: place, key: field.key }
    out[field.key] = value(field, selection, row, cells, lists, here, answers) ?? null
  }
  return out
}

function value(
  field: SelectedField,
  selection: RowSelection,
  row: Row,
  cells: Cells | null,
  lists: Cells,
  here: Place,
  answers: Answers,
): unknown {
  if (field.kind === 'typename') return field.name
  const { context } = answers
  if (field.kind === 'id') return context.services.ids.seal(row.__typename, row.key, context.principal.audience)
  const isJudgedHere = field.kind === 'child' && selection.children[field.child]?.isJudgedHere === true
  const { outcome, basis } = isAlways(field.class) ? always : judged(field.class, row, isJudgedHere, here, answers)
  if (!isGranted(outcome)) return null
  switch (field.kind) {
    case 'column': {
      const read = cell(selection, { column: field.column, basis }, row, cells, answers)
      if (outcome === 'ALLOW') return completed(field.type, read, answers.pass)
      const { coordinate, mask: form } = field.class
      answers.pass.masked.push({ path: pathOf(here), coordinate, mask: form })
      return completed(field.type, mask(form, read), answers.pass)
    }
    case 'catalogue': {
      const read = cell(selection, { column: field.column, basis }, row, cells, answers)
      const stub = (code: unknown) =>
        Object.fromEntries(field.stub.fields.map(({ key, isTypename }) => [key, isTypename ? field.stub.type : code]))
      return read === null ? null : Array.isArray(read) ? read.map(stub) : stub(read)
    }
    case 'embed':
      return object(
        selection,
        field.fields,
        { ...row, __typename: field.table.type, table: field.table },
        cells,
        lists,
        here,
        answers,
      )
    case 'person': {
      const people = (row.personsByField[field.field] ?? []).map((person, index) => {
        const citizen = { ...absentRow(field.table, person), exists: true }
        return object(
          selection,
          field.fields,
          citizen,
          null,
          [],
          field.isList ? { up: here, key: index } : here,
          answers,
        )
      })
      return field.isList ? people : (people[0] ?? null)
    }
    case 'child': {
      const child = selection.children[field.child] as ChildRows
      return below(child, row, (lists[field.child] ?? []) as Cells[], here, answers)
    }
  }
}

function below(child: ChildRows, parent: Row, cellsOfRows: readonly Cells[], here: Place, answers: Answers): unknown {
  const { pass } = answers
  pass.rows += cellsOfRows.length
  const { rows: selection, page, edge } = child
  const found = cellsOfRows.map((cells) => ({ cells, row: rowFromCells(selection.table, cells, parent) }))
  const isOpen = child.class.level === 'L0'
  const known = isOpen ? found : found.filter(({ row }) => isKnown(child.class, row, page === null, answers))
  const answer = ({ cells, row }: (typeof found)[number], at: Place) =>
    object(selection, selection.fields, row, cells, cells.slice(firstColumn + selection.columns.length), at, answers)
  if (page === null)
    return edge.kind === 'one'
      ? known[0] && answer(known[0], here)
      : known.map((one, index) => answer(one, { up: here, key: index }))

  const size = answers.pageSize(page.limit)
  // Whom the caller may not know of is passed over: there may be more to fill the page with.
  if (known.length <= size && found.length > size) pass.isBeyond = true
  const nodes = known.slice(0, size)
  if (!isOpen) for (const { row } of nodes) isKnown(child.class, row, true, answers)
  const out = Object.create(null) as Record<string, unknown>
  for (const field of page.fields) out[field.key] = pageValue(field)
  return out

  function pageValue(field: PageField): unknown {
    if (field.kind === 'typename') return field.name
    if (field.kind === 'nodes') {
      const at = { up: here, key: field.key }
      return nodes.map((one, index) => answer(one, { up: at, key: index }))
    }
    const info = { __typename: 'PageInfo', hasNextPage: known.length > size, hasPreviousPage: false }
    return Object.fromEntries(field.fields.map(({ key, name }) => [key, info[name]]))
  }
}

/** Whether the caller may know that the row is there; where it is told, that is noted. */
function isKnown(field: FieldClass, row: Row, isTold: boolean, { pass, judge }: Answers): boolean {
  const verdict = judge.verdictOn(field, row, false, isTold ? 'TOLD' : null)
  if (verdict instanceof Promise) {
    pass.waiting.push(verdict)
    return false
  }
  // A list that left out whom there was no count for would look whole: the plain path refuses it.
  if (verdict.decision.failed === 'volume') pass.isBeyond = true
  return isGranted(verdict.decision.outcome)
}

/** The verdict, noted; its error stands in the field's place. Closed where facts are missing. */
function judged(field: FieldClass, row: Row, isAnywhere: boolean, here: Place, answers: Answers): Judged {
  const { pass, judge, context } = answers
  const verdict = judge.verdictOn(field, row, isAnywhere, 'VALUE')
  if (verdict instanceof Promise) {
    pass.waiting.push(verdict)
    return unknown
  }
  if (!isGranted(verdict.decision.outcome)) {
    const { message, extensions } = denial(verdict.decision, context.errorPlace(field.coordinate))
    pass.errors.push(new GraphQLError(message, { path: pathOf(here), extensions }))
  }
  return verdict.decision
}

type Judged = Pick<Decision, 'outcome' | 'basis'>
const always: Judged = { outcome: 'ALLOW', basis: 'OPEN' }
const unknown: Judged = { outcome: 'DENY', basis: null }

function cell(
  selection: RowSelection,
  { column, basis }: { column: number; basis: LegalBasis | null },
  row: Row,
  cells: Cells | null,
  { pass, values }: Answers,
): unknown {
  if (!row.exists || cells === null) return null
  const bits = cells[firstColumn - 1] as number
  if (Math.floor(bits / 2 ** column) % 2 === 0) {
    pass.unread.push({ level: selection.level, row, column, basis })
    return null
  }
  const text = cells[firstColumn + column] as string | null
  return text === null ? null : (values[selection.level]?.[column]?.(text) ?? null)
}

const isAlways = ({ level, structure }: FieldClass): boolean => level === 'L0' || structure

function pathOf(place: Place): (string | number)[] {
  const path: (string | number)[] = []
  for (let at: Place | null = place; at !== null; at = at.up) path.push(at.key)
  return path.reverse()
}
