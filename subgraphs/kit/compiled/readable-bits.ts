import { isCounted } from '../../../policy/decide.ts'
import { jurisdictionOf } from '../../../policy/row-facts.ts'
import type { Decision, Principal } from '../../../policy/types.ts'
import { absentRow } from '../find-rows.ts'
import type { Row } from '../types.ts'
import type { VerdictNow } from '../verdicts.ts'
import { openBits } from './statement.ts'
import type { Pass } from './answer.ts'
import type { Column, CompiledFetch } from './types.ts'

/** Bits of the columns that may be read of a citizen's rows, inside and outside the caller's places: by level. */
export type ReadableBits = { inside: number[]; outside: number[] }

/** What may be read of one citizen, and what of it hangs on how many people were read (QĐ 20/2025). */
export type PersonsBits = ReadableBits & {
  /** A column for each class of data that is counted: where these are within bounds, all are. */
  counted: readonly Column[]
  /** Nothing was left out because too many were read. */
  isWithin: boolean
}

type Verdicts = { verdictFor: VerdictNow; uncounted: VerdictNow }

/**
 * What may be read of a citizen's rows whatever they say: the verdict is the same for every row that speaks of the
 * citizen alone. What hangs on the row's date is left for when the row is known, and so is a grant in one place alone
 * that counts as a reading (QĐ 20/2025). Gives what to wait for where facts or counts are missing.
 */
export function readableBits(
  { levels }: Pick<CompiledFetch, 'levels'>,
  person: string,
  principal: Principal,
  { verdictFor, uncounted }: Verdicts,
): PersonsBits | Promise<unknown> {
  const waiting: Promise<unknown>[] = []
  const granted = (judge: VerdictNow, column: Column, place: readonly string[]): Decision | null => {
    const verdict = judge(column.class, unreadRow({ levels }, column, person, place), false)
    if (verdict instanceof Promise) waiting.push(verdict)
    else if (isGranted(verdict.decision.outcome)) return verdict.decision
    return null
  }
  const bits: ReadableBits = { inside: levels.map(openBits), outside: levels.map(openBits) }
  const counted = new Map<string, Column>()
  let isWithin = true
  const places = principal.jurisdiction.slice(0, 1)
  for (const { level, columns } of levels) {
    for (const [bit, column] of columns.entries()) {
      if (column.class.level === 'L0') continue
      const outside = granted(uncounted, column, [])
      const inside = places.length === 0 ? outside : granted(uncounted, column, places)
      // Who waits for somebody's facts asks for everything anew.
      if (waiting.length > 0) return Promise.all(waiting)
      if (inside === null) continue
      if (isCounted(inside) || (outside !== null && isCounted(outside))) {
        if (outside === null) continue
        counted.set(outside.level, column)
        if (granted(verdictFor, column, []) === null) {
          isWithin = false
          continue
        }
      }
      bits.inside[level] = (bits.inside[level] ?? 0) + 2 ** bit
      if (outside !== null) bits.outside[level] = (bits.outside[level] ?? 0) + 2 ** bit
    }
  }
  return waiting.length > 0 ? Promise.all(waiting) : { ...bits, counted: [...counted.values()], isWithin }
}

/**
 * Whether another citizen whose facts are alike may be read as far: counted as that one was. Gives what to wait for where
 * the counts are not known.
 */
export function isWithinCounts(
  fetch: Pick<CompiledFetch, 'levels'>,
  person: string,
  { counted }: PersonsBits,
  verdictFor: VerdictNow,
): boolean | Promise<unknown> {
  const waiting: Promise<unknown>[] = []
  let isWithin = true
  for (const column of counted) {
    const verdict = verdictFor(column.class, unreadRow(fetch, column, person, []), false)
    if (verdict instanceof Promise) waiting.push(verdict)
    else if (!isGranted(verdict.decision.outcome)) isWithin = false
  }
  return waiting.length > 0 ? Promise.all(waiting) : isWithin
}

/** A row as far as it is known before it is read. */
function unreadRow(
  { levels }: Pick<CompiledFetch, 'levels'>,
  { table }: Column,
  person: string,
  place: readonly string[],
): Row {
  // Rows below a dated one have its date; a consent over a period opens none of which the date is not known.
  const isDated = table !== levels[0]?.table && levels.some((level) => level.table.when !== undefined)
  const row = absentRow(table, '')
  row.persons = [person]
  row.place = place
  row.when = isDated ? unknownDate : null
  row.exists = true
  return row
}

/** No date that lies in any period. */
const unknownDate = 'unknown'

/** True where a value may be shown, whole or masked. */
export function isGranted(outcome: string): boolean {
  return outcome === 'ALLOW' || outcome === 'MASK'
}

/**
 * The same with the columns of these rows, which may be read. Null where a row does not speak of one citizen alone, or
 * where a consent opens it by its date: bits speak of all of a citizen's rows.
 */
export function widened(
  known: ReadonlyMap<string, ReadableBits>,
  unread: Pass['unread'],
  principal: Principal,
): ReadonlyMap<string, ReadableBits> | null {
  const wider = new Map(
    [...known].map(([person, { inside, outside }]) => [person, { inside: [...inside], outside: [...outside] }]),
  )
  for (const { level, row, column, basis } of unread) {
    const [person, ...others] = row.persons
    const bits = wider.get(person ?? '')
    if (bits === undefined || others.length > 0 || basis === 'CONSENT') return null
    const ofPlace = jurisdictionOf(principal, row.place) === 'INSIDE' ? bits.inside : bits.outside
    const before = ofPlace[level] ?? 0
    if (Math.floor(before / 2 ** column) % 2 === 0) ofPlace[level] = before + 2 ** column
  }
  return wider
}
