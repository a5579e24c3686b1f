import { GraphQLError } from 'graphql'
import { denial, problem } from '../../../policy/errors.ts'
import { absentRow } from '../find-rows.ts'
import type { Row } from '../types.ts'
import { type Answers, type Cells, citizenAnswer, firstColumn, type Pass, rowFromCells } from './answer.ts'
import type { Asked } from './asked-people.ts'
import { isGranted } from './readable-bits.ts'
import type { CompiledFetch, RootField } from './types.ts'

/** Judges every field of every row that was found, and makes the answer of what may be shown. */
export function passOver(
  fetch: CompiledFetch,
  asked: readonly Asked[],
  cellsOf: ReadonlyMap<string, Cells | null>,
  of: Omit<Answers, 'pass'>,
): Pass & { data: Record<string, unknown> } {
  const pass: Pass = { errors: [], masked: [], waiting: [], unread: [], isBeyond: false, rows: 0 }
  const answers = { ...of, pass }
  const { citizen, roots, entitiesKey } = fetch
  const isUnread = citizen.table.place === undefined
  const objects = asked.map(({ person, root, at }) => {
    const cells = cellsOf.get(person) ?? null
    pass.rows += 1
    // A database without places of people has no row for them: what hangs on the number was looked for at once.
    if (isUnread) {
      const row = { ...absentRow(citizen.table, person), exists: true }
      return citizenAnswer(citizen, row, { cells: null, lists: cells ?? [] }, at, answers)
    }
    const absent = absentRow(citizen.table, person)
    const row = cells === null ? absent : rowFromCells(citizen.table, cells, absent)
    if (root !== null && !isFound(root, row, at, answers)) return null
    const lists = cells?.slice(firstColumn + citizen.columns.length) ?? []
    return citizenAnswer(citizen, row, { cells, lists }, at, answers)
  })
  const data = Object.create(null) as Record<string, unknown>
  if (roots === null) data[entitiesKey] = objects
  else for (const [index, { key }] of roots.entries()) data[key] = objects[index]
  return { ...pass, data }
}

/** As `lookUp`: who may not know whether somebody exists gets a stub either way. */
function isFound({ class: field }: RootField, row: Row, path: readonly (string | number)[], answers: Answers): boolean {
  const { pass, context, judge } = answers
  const verdict = judge.verdictOn(field, row, false, 'TOLD')
  if (verdict instanceof Promise) {
    pass.waiting.push(verdict)
    return true
  }
  const { decision } = verdict
  if (decision.failed === 'volume') pass.isBeyond = true
  const isUntold = decision.failed === 'caller' || decision.failed === 'purpose'
  if (!isUntold && (row.exists || !isGranted(decision.outcome))) return true
  const { message, extensions } = isUntold
    ? denial(decision, context.errorPlace(field.coordinate))
    : problem('NOT_FOUND', undefined, { coordinate: field.coordinate })
  pass.errors.push(new GraphQLError(message, { path, extensions }))
  return false
}
