import { denial, problem } from '../../policy/errors.ts'
import type { EntryNotes } from '../../policy/entry-recorder.ts'
import type { Decision, FieldClass, Principal } from '../../policy/types.ts'
import { createColumnReader } from './column-reader.ts'
import { createRowFinder, type RowFinder } from './find-rows.ts'
import type { SubgraphRuntime } from './runtime.ts'
import type { Session } from './session.ts'
import { createCursors } from './cursor.ts'
import type { Gate, Row, SealedIds } from './types.ts'
import { type RowVerdict, type VerdictNow, waitedFor } from './verdicts.ts'

/** How a verdict is asked for. */
export type DecideOptions = {
  /** The field lists rows that have places of their own: jurisdiction is judged at those. */
  isAnywhere?: boolean
  /** A question asked to find out what to ask next leaves no line in the record. */
  isSilent?: boolean
  /** The answer tells that the row is there, if it may: a line where nothing else that was shown of it leaves one. */
  isTold?: boolean
}

/** The only way to rows and their values, for one request. */
export type RowGate = Omit<Gate, 'decide'> & {
  readonly find: RowFinder
  /** Forgets what was read: after a change, what follows sees the state it left. */
  refresh: () => Promise<void>
  decide: (row: Row, coordinate: string, options?: DecideOptions) => Promise<Decision>
  /** The row a resolver's parent stands for: itself, or the row a plain object was resolved on. */
  rowOf: (parent: unknown) => Row | null
  /** Says that a plain object (or each of a list) speaks of this row. Returns the value. */
  stand: (value: unknown, row: Row) => unknown
  /** The verdict already given; null where none was asked for. */
  given: (row: Row, coordinate: string) => Decision | null
  recorder: EntryNotes
}

/** Joins finding, deciding, reading and recording of one request. */
export function createGate(
  runtime: SubgraphRuntime,
  session: Session,
  verdictFor: VerdictNow,
  given: { principal: Principal; requestId: string; ids: SealedIds; recorder: EntryNotes },
): RowGate {
  const { principal, requestId, ids, recorder } = given
  let find = createRowFinder(session)
  const stands = new WeakMap<object, Row>()
  let readCell = createColumnReader(session)
  const asked = new WeakMap<Row, Map<string, Promise<RowVerdict>>>()
  const answered = new WeakMap<Row, Map<string, Decision>>()

  const classOf = (coordinate: string): FieldClass => {
    const field = runtime.classes.get(coordinate)
    if (field === undefined) throw problem('CLASSIFICATION_DENIED')
    return field
  }
  const ask = (row: Row, field: FieldClass, isAnywhere: boolean): Promise<RowVerdict> => {
    const ofRow = asked.get(row) ?? new Map<string, Promise<RowVerdict>>()
    asked.set(row, ofRow)
    const key = isAnywhere ? `${field.coordinate}*` : field.coordinate
    const verdict = ofRow.get(key) ?? waitedFor(() => verdictFor(field, row, isAnywhere))
    ofRow.set(key, verdict)
    return verdict
  }

  const stand = (value: unknown, row: Row): unknown => {
    if (Array.isArray(value)) for (const item of value) stand(item, row)
    else if (typeof value === 'object' && value !== null && !isRow(value)) stands.set(value, row)
    return value
  }

  return {
    get find() {
      return find
    },
    row: (table, key) => find.byKey(table, key),
    keys: async (text, values) => (await session.rows<{ key: string }>(text, values)).map(({ key }) => key),
    refresh: async () => {
      await session.close()
      find = createRowFinder(session)
      readCell = createColumnReader(session)
    },
    rowOf: (parent) =>
      isRow(parent) ? parent : typeof parent === 'object' && parent !== null ? (stands.get(parent) ?? null) : null,
    stand,
    record: recorder.add,
    cursors: (coordinate, args) => createCursors(ids, principal, coordinate, args),
    decide: async (row, coordinate, options = {}) => {
      const field = classOf(coordinate)
      const { decision, parts } = await ask(row, field, options.isAnywhere ?? false)
      // A list that left out whom there was no count for would look whole.
      if (decision.failed === 'volume' && (options.isTold || options.isSilent)) {
        recorder.note(field, parts)
        const { org, purpose, caseNumber } = principal
        throw denial(decision, { coordinate, requestId, grantee: org, purpose, caseNumber })
      }
      // Nobody is told anything by being found themselves.
      if (options.isTold)
        recorder.noteTold(
          field,
          parts.filter(({ person }) => person !== principal.personalId),
        )
      else if (!options.isSilent) {
        recorder.note(field, parts)
        const ofRow = answered.get(row) ?? new Map<string, Decision>()
        answered.set(row, ofRow.set(coordinate, decision))
      }
      return decision
    },
    given: (row, coordinate) => answered.get(row)?.get(coordinate) ?? null,
    read: async (row, field) => {
      const coordinate = `${row.__typename}.${field}`
      const outcome = classOf(coordinate).level === 'L0' ? 'ALLOW' : answered.get(row)?.get(coordinate)?.outcome
      const sql = runtime.expressions.get(row.__typename)?.get(field)
      if ((outcome !== 'ALLOW' && outcome !== 'MASK') || sql === undefined) throw problem('INTERNAL')
      return row.exists ? readCell(row, sql) : null
    },
    recorder,
  }
}

/** True for a row handle of the kit. */
export function isRow(value: unknown): value is Row {
  return (
    typeof value === 'object' && value !== null && 'table' in value && 'persons' in value && 'personsByField' in value
  )
}
