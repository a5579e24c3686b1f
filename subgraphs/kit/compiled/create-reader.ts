import type { Pool } from 'pg'
import { createAskedTogether } from '../asked-together.ts'
import { statementName } from '../session.ts'
import type { Turns } from '../turns.ts'
import type { Cells } from './answer.ts'
import { type Parameter, type Statement, type StatementKind, statementOf } from './statement.ts'
import type { ReadableBits } from './readable-bits.ts'
import type { CompiledFetch } from './types.ts'

/** What one request reads with a fetch. */
export type Reading = {
  people: readonly string[]
  /** What may be read of all of them, or of each. */
  bits: ReadableBits | ((person: string) => ReadableBits | undefined)
  /** The caller's places; null where nothing hangs on where a row is. */
  places: readonly string[] | null
  /** Rows of each page. */
  pageSizes: readonly number[]
}

/** The row of each person, in their order; null where there is none. Rejects where the database does. */
export type Reader = (fetch: CompiledFetch, reading: Reading) => Promise<(Cells | null)[]>

type Planned = Statement & { isOne: boolean; uses: number }
type OfFetch = {
  statements: Map<string, Planned>
  /** Readings that differ in nothing but their people, until they are sent. */
  gathering: Map<string, (people: readonly string[]) => Promise<(Cells | null)[]>>
}

/** A statement that is used so often is kept by the server as a plan; of others there may be any number. */
const usesOfPlanned = 3
const mostPlanned = 300
/** Of one fetch; what else may be read of people is asked for row by row. */
const mostKinds = 50
/** A request about more people than this has a statement of its own. */
const fewPeople = 10

/**
 * Reads with one statement a request; those that come at the same time and may read the same of their people share one,
 * whoever asks. `turn` lends a connection.
 */
export function createReader(pool: Pool, turn: Turns): Reader {
  const known = new WeakMap<CompiledFetch, OfFetch>()
  const planned = new Set<string>()

  const read = async (fetch: CompiledFetch, reading: Reading): Promise<(Cells | null)[]> => {
    const { people, bits, places } = reading
    const isShared = typeof bits !== 'function'
    const kind = { isOne: people.length === 1, isPlaced: places !== null, bits: isShared ? bits : null }
    const statement = statementFor(fetch, ofFetch(fetch).statements, kind)
    const values = statement.parameters.map((parameter) => valueOf(parameter, statement.isOne, reading))
    const named = { ...nameOf(statement), text: statement.text, values }
    return (await turn(() => pool.query<{ r: Cells | null }>(named))).rows.map(({ r }) => r)
  }

  const ofFetch = (fetch: CompiledFetch): OfFetch => {
    const seen = known.get(fetch) ?? { statements: new Map(), gathering: new Map() }
    known.set(fetch, seen)
    return seen
  }

  const nameOf = (statement: Planned): { name?: string } => {
    statement.uses += 1
    if (statement.uses >= usesOfPlanned && planned.size < mostPlanned) planned.add(statement.text)
    return planned.has(statement.text) ? { name: statementName(statement.text) } : {}
  }

  return (fetch, reading) => {
    const { people, bits, places, pageSizes } = reading
    if (typeof bits === 'function' || people.length > fewPeople) return read(fetch, reading)
    const { gathering } = ofFetch(fetch)
    const key = JSON.stringify([bits, places, pageSizes])
    const readTogether = gathering.get(key) ?? createAskedTogether(ofAll, () => gathering.delete(key))
    gathering.set(key, readTogether)
    return readTogether(people)

    async function ofAll(groups: readonly (readonly string[])[]): Promise<(Cells | null)[][]> {
      const all = [...new Set(groups.flat())]
      const found = await read(fetch, { ...reading, people: all })
      const cellsOf = new Map(all.map((person, index) => [person, found[index] ?? null]))
      return groups.map((group) => group.map((person) => cellsOf.get(person) ?? null))
    }
  }
}

function valueOf(parameter: Parameter, isOne: boolean, { people, bits, places, pageSizes }: Reading): unknown {
  if (parameter === 'people') return isOne ? people[0] : people
  if (parameter === 'places') return places
  if ('page' in parameter) return (pageSizes[parameter.page] ?? 0) + 1
  return people.map(
    (person) => (typeof bits === 'function' ? bits(person) : bits)?.[parameter.place][parameter.level] ?? 0,
  )
}

function statementFor(fetch: CompiledFetch, statements: OfFetch['statements'], kind: StatementKind): Planned {
  const key = JSON.stringify(kind)
  const known = statements.get(key)
  if (known !== undefined) return known
  if (statements.size >= mostKinds && kind.bits !== null)
    return statementFor(fetch, statements, { ...kind, isOne: false, bits: null })
  const made = { ...statementOf(fetch, kind), isOne: kind.isOne, uses: 0 }
  statements.set(key, made)
  return made
}
