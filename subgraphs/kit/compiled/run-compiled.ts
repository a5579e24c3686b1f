import type { GraphQLError } from 'graphql'
import type { FactsKind } from '../../../policy/facts-kinds.ts'
import type { Principal } from '../../../policy/types.ts'
import { absentRow } from '../find-rows.ts'
import type { MaskNotice, RequestContext } from '../request-context.ts'
import type { VerdictNow, Verdicts } from '../verdicts.ts'
import type { Cells, Pass } from './answer.ts'
import type { AskedPeople } from './asked-people.ts'
import { type AlikeGrounds, createJudge, type Note } from './create-judge.ts'
import type { NotedLists } from './noted-fields.ts'
import type { ColumnValues } from './column-values.ts'
import type { Reading } from './create-reader.ts'
import { passOver } from './pass-over.ts'
import { isWithinCounts, type PersonsBits, type ReadableBits, readableBits, widened } from './readable-bits.ts'
import type { CompiledFetch } from './types.ts'

/** What a compiled fetch needs of the subgraph and of the request. */
export type CompiledRun = {
  fetch: CompiledFetch
  people: AskedPeople
  values: ColumnValues
  context: RequestContext
  /** Verdicts whose persons are counted before anything of them is read; and what the same would be. */
  verdictFor: VerdictNow
  uncounted: VerdictNow
  kindOf: Verdicts['kindOf']
  alike: AlikeBits
  grounds: AlikeGrounds
  lists: NotedLists
  /** Runs the statement of the fetch: the row of each person, in their order. */
  read: (reading: Reading) => Promise<(Cells | null)[]>
}

/** What may be read of people whose facts are alike, by what else it hangs on. */
export type AlikeBits = WeakMap<FactsKind, Map<string, PersonsBits>>

export type CompiledAnswer = { data: Record<string, unknown>; errors: GraphQLError[]; masked: MaskNotice[] }

/** Rows of one fetch beyond which the plain path refuses it. */
const mostRows = 10_000

/**
 * Answers a fetch with one statement, or with two where what may be read hangs on what the rows say. Null where the plain
 * path must answer; then nothing of it was recorded. Rejects where a store can't be asked.
 */
export async function runCompiled(run: CompiledRun): Promise<CompiledAnswer | null> {
  const { context, people } = run
  const numbers = [...new Set(people.asked.map(({ person }) => person))]
  await askedInOrder(run)
  let bits: ReadonlyMap<string, ReadableBits> = await bitsOf(numbers, run)
  for (let readings = 0; readings < 2; readings += 1) {
    const found = await run.read(readingOf(numbers, bits, run))
    const cellsOf = new Map(numbers.map((person, index) => [person, found[index] ?? null]))
    const pass = await settledPass(cellsOf, run)
    if (pass.isBeyond || pass.rows > mostRows) return null
    if (pass.unread.length === 0) return taken(pass, context)
    const wider = widened(bits, pass.unread, context.principal)
    if (wider === null) return null
    bits = wider
  }
  return null
}

async function settledPass(cellsOf: ReadonlyMap<string, Cells | null>, run: CompiledRun) {
  const { fetch, people, verdictFor, kindOf, values, context, grounds, lists } = run
  const { principal } = context
  const aspectOf = aspectsOf(principal)
  for (;;) {
    // What a pass noted is that pass's own.
    const judge = createJudge({ principal, verdictFor, kindOf, alike: grounds, lists, aspectOf })
    const of = { judge, values, context, pageSize: (page: number) => people.pageSizes[page] ?? 0 }
    const pass = passOver(fetch, people.asked, cellsOf, of)
    if (pass.waiting.length === 0) return { ...pass, notes: judge.notes() }
    await Promise.all(pass.waiting)
  }
}

/**
 * Whom a caller looks up counts as asked about (design I4) in the order of the question, before anything is made of who
 * they are: where a limit is reached would tell of them otherwise.
 */
async function askedInOrder(run: CompiledRun): Promise<void> {
  const { people, verdictFor, fetch } = run
  const asked = people.asked.map(({ person, root }) => {
    const row = { ...absentRow(fetch.citizen.table, person), exists: true }
    return root && verdictFor(root.class, row, false)
  })
  await Promise.all(asked.filter((one) => one instanceof Promise))
  if (asked.some((one) => one instanceof Promise)) await askedInOrder(run)
}

/** The facts of all people come in one query. */
async function bitsOf(people: readonly string[], run: CompiledRun) {
  const bits = new Map<string, ReadableBits>()
  const aspectOf = aspectsOf(run.context.principal)
  for (let left = people; left.length > 0;) {
    const waiting: Promise<unknown>[] = []
    for (const person of left) {
      const ofPerson = bitsOfPerson(person, aspectOf, run)
      if (ofPerson instanceof Promise) waiting.push(ofPerson)
      else bits.set(person, ofPerson)
    }
    await Promise.all(waiting)
    left = left.filter((person) => !bits.has(person))
  }
  return bits
}

/** Known already of somebody whose facts are alike; whether too many were read is asked for everybody. */
function bitsOfPerson(person: string, aspectOf: Aspects, run: CompiledRun): ReadableBits | Promise<unknown> {
  const { principal } = run.context
  const kind = run.kindOf(person)
  const key = aspectOf(person)
  const alike = kind === null ? undefined : run.alike.get(kind)?.get(key)
  const isWithin = alike !== undefined && isWithinCounts(run.fetch, person, alike, run.verdictFor)
  if (isWithin instanceof Promise) return isWithin
  if (alike !== undefined && isWithin) return alike
  const bits = readableBits(run.fetch, person, principal, run)
  if (kind !== null && !kind.isBounded && !(bits instanceof Promise) && bits.isWithin) {
    const ofKind = run.alike.get(kind) ?? new Map<string, PersonsBits>()
    run.alike.set(kind, ofKind.set(key, bits))
  }
  return bits
}

type Aspects = (person: string) => string

/** What a verdict hangs on beside a person's facts: whether one asks for oneself, and what was stated. */
function aspectsOf(principal: Principal): Aspects {
  const { personalId, org, caseNumber } = principal
  const common = [personalId === null, org === null, caseNumber === null, isConfined(principal)].join()
  const [self, other] = [`self,${common}`, `other,${common}`]
  return (person) => (personalId === person ? self : other)
}

/** What is read of people: the less differs between them, the less of it has to be asked of each. */
function readingOf(
  people: readonly string[],
  bitsOfPeople: ReadonlyMap<string, ReadableBits>,
  run: CompiledRun,
): Reading {
  const { principal } = run.context
  const [first, ...others] = people.map((person) => bitsOfPeople.get(person))
  const isShared = first !== undefined && others.every((one) => one !== undefined && isSame(one, first))
  return {
    people,
    bits: isShared ? { inside: first.inside, outside: first.outside } : (person) => bitsOfPeople.get(person),
    places: isConfined(principal) ? principal.jurisdiction : null,
    pageSizes: run.people.pageSizes,
  }
}

/** Whether what the caller may read hangs on where a row is. */
function isConfined({ jurisdiction }: Principal): boolean {
  return jurisdiction.length > 0 && !jurisdiction.includes('VN')
}

function isSame(one: ReadableBits, other: ReadableBits): boolean {
  return (['inside', 'outside'] as const).every((place) =>
    one[place].every((ofLevel, level) => ofLevel === other[place][level]),
  )
}

function taken(
  { data, errors, masked, notes }: Pass & { data: Record<string, unknown>; notes: readonly Note[] },
  context: RequestContext,
): CompiledAnswer {
  const { recorder } = context.gate
  for (const { coordinates, parts, isTold } of notes)
    if (isTold) recorder.noteAllTold(coordinates, parts)
    else recorder.noteAll(coordinates, parts)
  return { data, errors, masked }
}
