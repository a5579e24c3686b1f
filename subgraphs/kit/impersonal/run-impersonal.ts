import { getArgumentValues, type GraphQLError, locatedError } from 'graphql'
import type { FieldClass } from '../../../policy/types.ts'
import type { Verdict } from '../../../policy/verdict.ts'
import type { CompiledAnswer } from '../compiled/run-compiled.ts'
import { absentRow } from '../find-rows.ts'
import type { RequestContext } from '../request-context.ts'
import type { Row, Table } from '../types.ts'
import type { VerdictNow } from '../verdicts.ts'
import { beyond, isAlways } from './complete.ts'
import type { AskedArguments, ImpersonalFetch, Judge, ListedField, ResolvedField, RowSelection } from './types.ts'

export type ReadRow = { key: string } & Readonly<Record<string, unknown>>
export type ImpersonalRun = {
  fetch: ImpersonalFetch
  /** As graphql coerced them. */
  variables: Readonly<Record<string, unknown>>
  context: RequestContext
  verdictFor: VerdictNow
  read: (text: string, values: readonly unknown[]) => Promise<ReadRow[]>
}

type Data = Record<string, unknown>
type Path = readonly (string | number)[]
/** What an edge was asked for, and where in the answer it stands. */
type Asked = { out: Data; field: ResolvedField; path: Path; value: unknown }

/** Rows of one fetch beyond which the plain path refuses it. */
const mostRows = 10_000
/** What is judged where nobody is spoken of. */
const nowhere: Table = { type: 'Query', from: '', key: '', keyType: 'text', columns: {} }

/**
 * Answers a fetch with a statement a list of rows; each field is judged once, as nothing of a row that speaks of nobody
 * makes a difference. Throws `beyond` where the plain path must answer; then nothing was recorded. Rejects where a
 * statement fails.
 */
export async function runImpersonal({
  fetch,
  variables,
  context,
  verdictFor,
  read,
}: ImpersonalRun): Promise<CompiledAnswer> {
  const noted = new Map<FieldClass, readonly Verdict[]>()
  const judge: Judge = (field) => {
    if (isAlways(field) || noted.has(field)) return
    const verdict = verdictFor(field, absentRow(nowhere, ''), false)
    if (verdict instanceof Promise || verdict.decision.outcome !== 'ALLOW') throw beyond
    noted.set(field, verdict.parts)
  }
  const argumentsOf = createArguments(variables)
  const asked: Asked[] = []
  let rows = 0

  const resolve = (field: ResolvedField, row: Row | null, out: Data, path: Path): void => {
    judge(field.class)
    // Holds its place among the fields.
    out[field.key] = null
    const value = called(() => field.edge.resolve(row, argumentsOf(field.ask), context))
    asked.push({ out, field, path: [...path, field.key], value })
  }
  const rowAnswer = ({ table, fields }: RowSelection, read: ReadRow, path: Path): Data => {
    rows += 1
    if (rows > mostRows) throw beyond
    const row = { ...absentRow(table, read.key), exists: true }
    const out = Object.create(null) as Data
    for (const field of fields)
      if (field.kind === 'typename') out[field.key] = field.name
      else if (field.kind === 'column') out[field.key] = field.complete(read[field.column], judge)
      else resolve(field, row, out, path)
    return out
  }
  const list = async ({ key, class: fieldClass, ask, listed, rows: selection }: ListedField): Promise<Data[]> => {
    judge(fieldClass)
    const found = await read(selection.text, listed.values(argumentsOf(ask)))
    return found.map((row, index) => rowAnswer(selection, row, [key, index]))
  }
  const entities = async (key: string, types: ReadonlyMap<string, RowSelection>): Promise<Data[]> => {
    const references = referencesIn(variables['representations'], types)
    const found = new Map<RowSelection, ReadonlyMap<string, ReadRow>>()
    for (const [selection, ofType] of Map.groupBy(references, (reference) => reference.selection)) {
      const keys = [...new Set(ofType.map((reference) => reference.key))]
      found.set(selection, new Map((await read(selection.text, [keys])).map((row) => [row.key, row])))
    }
    return references.map((reference, index) => {
      const row = found.get(reference.selection)?.get(reference.key)
      if (row === undefined) throw beyond
      return rowAnswer(reference.selection, row, [key, index])
    })
  }

  const data = Object.create(null) as Data
  if (fetch.roots === null) data[fetch.entities.key] = await entities(fetch.entities.key, fetch.entities.types)
  for (const root of fetch.roots ?? [])
    if (root.kind === 'listed') data[root.key] = await list(root)
    else resolve(root, null, data, [])

  const errors: GraphQLError[] = []
  const values = await Promise.allSettled(asked.map(({ value }) => value))
  for (const [index, { out, field, path }] of asked.entries()) {
    const value = values[index]
    if (value?.status === 'fulfilled') out[field.key] = field.complete(value.value, judge)
    else if (field.isNullable) errors.push(locatedError(value?.reason, undefined, path))
    else throw beyond
  }
  for (const [field, parts] of noted) context.gate.recorder.note(field, parts)
  return { data, errors, masked: [] }
}

/** The arguments of a field are the same for all its rows. */
function createArguments(variables: Readonly<Data>): (ask: AskedArguments) => Data {
  const known = new Map<AskedArguments, Data>()
  return (ask) => {
    const given = known.get(ask) ?? getArgumentValues(ask.field, ask.node, variables)
    known.set(ask, given)
    return given
  }
}

function called(resolve: () => unknown): unknown {
  try {
    return resolve()
  } catch (error) {
    return Promise.reject(error as Error)
  }
}

function referencesIn(given: unknown, types: ReadonlyMap<string, RowSelection>) {
  if (!Array.isArray(given)) throw beyond
  return (given as unknown[]).map((reference) => {
    const { __typename: type, ...keys } = reference as Data
    const selection = types.get(String(type))
    const key = selection && keys[selection.table.key]
    if (selection === undefined || typeof key !== 'string' || Object.keys(keys).length !== 1) throw beyond
    return { selection, key }
  })
}
