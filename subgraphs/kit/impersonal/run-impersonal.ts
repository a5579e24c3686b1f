import { getArgumentValues, type GraphQLError, locatedError } from 'graphql'
import { bareObject } from '../../../policy/bare-object.ts'
import type { FieldClass } from '../../../policy/types.ts'
import type { Verdict } from '../../../policy/verdict.ts'
import type { CompiledAnswer } from '../compiled/run-compiled.ts'
import { absentRow } from '../find-rows.ts'
import type { RequestContext } from '../request-context.ts'
import type { Row } from '../types.ts'
import type { VerdictNow } from '../verdicts.ts'
import { beyond, isAlways } from './complete.ts'
import type { AskedArguments, ImpersonalFetch, Judge, ListedField, ResolvedField, RowSelection } from './types.ts'

export type ReadRow = { key: string } & Readonly<Record<string, unknown>>
export type ImpersonalRun = {
  fetch: ImpersonalFetch
  /** As graphql coerced them, but for the representations. */
  variables: Readonly<Record<string, unknown>>
  representations: unknown
  context: RequestContext
  verdictFor: VerdictNow
  read: (text: string, values: readonly unknown[]) => Promise<ReadRow[]>
}

type Data = Record<string, unknown>
type Path = readonly (string | number)[]
/** Objects of the answer that an edge is asked for at once, and the rows they stand for. */
type Asked = {
  field: ResolvedField
  outs: readonly Data[]
  values: Promise<readonly unknown[]>
  pathOf: (index: number) => Path
}

/** Rows of one fetch beyond which the plain path refuses it. */
const mostRows = 10_000
/** What is judged where nobody is spoken of. */
const nobodysRow = absentRow({ type: 'Query', from: '', key: '', keyType: 'text', columns: {} }, '')

/**
 * Answers a fetch with a statement a list of rows; each field is judged once, as nothing of a row that speaks of nobody
 * makes a difference. Throws `beyond` where the plain path must answer; then nothing was recorded. Rejects where a
 * statement fails.
 */
export async function runImpersonal(run: ImpersonalRun): Promise<CompiledAnswer> {
  const { fetch, variables, context, verdictFor, read } = run
  const noted = new Map<FieldClass, readonly Verdict[]>()
  const judge: Judge = (field) => {
    if (isAlways(field) || noted.has(field)) return
    const verdict = verdictFor(field, nobodysRow, false)
    if (verdict instanceof Promise || verdict.decision.outcome !== 'ALLOW') throw beyond
    noted.set(field, verdict.parts)
  }
  const argumentsOf = (ask: AskedArguments): Data => getArgumentValues(ask.field, ask.node, variables)
  const asked: Asked[] = []
  let rows = 0

  const resolve = (
    field: ResolvedField,
    parents: readonly (Row | null)[],
    outs: readonly Data[],
    pathOf: Asked['pathOf'],
  ): void => {
    judge(field.class)
    const values = Promise.resolve().then(() => field.edge.resolve(parents, argumentsOf(field.ask), context))
    // Whoever waits for it hears of a failure; until then it must not end the process.
    values.catch(() => undefined)
    asked.push({ field, outs, values, pathOf })
  }
  const rowsAnswer = (
    { table, fields }: RowSelection,
    found: readonly ReadRow[],
    placeOf: (index: number) => Path,
  ): Data[] => {
    rows += found.length
    if (rows > mostRows) throw beyond
    const outs = found.map((row) => {
      const out = bareObject()
      for (const field of fields)
        if (field.kind === 'typename') out[field.key] = field.name
        else if (field.kind === 'column') out[field.key] = field.complete(row[field.column], judge)
        // Holds its place among the fields.
        else out[field.key] = null
      return out
    })
    const anyRow = { ...absentRow(table, ''), exists: true }
    const parents = found.map(({ key }) => ({ ...anyRow, key }))
    for (const field of fields)
      if (field.kind === 'resolved' && outs.length > 0)
        resolve(field, parents, outs, (index) => [...placeOf(index), field.key])
    return outs
  }
  const list = async ({ key, class: fieldClass, ask, listed, rows: selection }: ListedField): Promise<Data[]> => {
    judge(fieldClass)
    const found = await read(selection.text, listed.values(argumentsOf(ask)))
    return rowsAnswer(selection, found, (index) => [key, index])
  }
  const entities = async (entitiesKey: string, types: ReadonlyMap<string, RowSelection>): Promise<Data[]> => {
    const given = run.representations
    if (!Array.isArray(given)) throw beyond
    const answers: Data[] = []
    const places = (given as unknown[]).map((reference, index) => ({ ...referenceOf(reference, types), index }))
    for (const [selection, ofType] of Map.groupBy(places, (place) => place.selection)) {
      const found = await rowsByKeys(selection, new Set(ofType.map(({ key }) => key)), run)
      const outs = rowsAnswer(
        selection,
        ofType.map(({ key }) => found(key)),
        (at) => [entitiesKey, ofType[at]?.index ?? 0],
      )
      for (const [at, { index }] of ofType.entries()) answers[index] = outs[at] as Data
    }
    return answers
  }

  const data = bareObject()
  if (fetch.roots === null) data[fetch.entities.key] = await entities(fetch.entities.key, fetch.entities.types)
  for (const root of fetch.roots ?? []) {
    data[root.key] = root.kind === 'listed' ? await list(root) : null
    if (root.kind === 'resolved') resolve(root, [null], [data], () => [root.key])
  }

  const errors: GraphQLError[] = []
  for (const { field, outs, values, pathOf } of asked) {
    const settled = await values.then(
      (found) => ({ found }),
      (reason: unknown) => ({ reason }),
    )
    if ('found' in settled)
      for (const [index, out] of outs.entries()) out[field.key] = field.complete(settled.found[index], judge)
    else if (!field.isNullable) throw beyond
    else for (const index of outs.keys()) errors.push(locatedError(settled.reason, undefined, pathOf(index)))
  }
  for (const [field, parts] of noted) context.gate.recorder.note(field, parts)
  return { data, errors, masked: [] }
}

/** Rows of a table by their keys. Where nothing but a key is asked for, it may be known already. */
async function rowsByKeys(
  { table, text, isRead }: RowSelection,
  keys: ReadonlySet<string>,
  { context, read }: ImpersonalRun,
): Promise<(key: string) => ReadRow> {
  const known = isRead ? undefined : await table.keys?.(context)
  const found = known ?? new Map((await read(text, [[...keys]])).map((row) => [row.key, row]))
  return (key) => {
    if (!found.has(key)) throw beyond
    return (found instanceof Map ? found.get(key) : { key }) as ReadRow
  }
}

function referenceOf(reference: unknown, types: ReadonlyMap<string, RowSelection>) {
  const given = reference as Data
  const selection = types.get(String(given['__typename']))
  const key = selection && given[selection.table.key]
  // Its type and its key, and nothing else.
  if (selection === undefined || typeof key !== 'string' || Object.keys(given).length !== 2) throw beyond
  return { selection, key }
}
