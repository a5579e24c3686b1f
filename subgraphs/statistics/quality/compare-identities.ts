import type { ComparedField } from './measured-databases.ts'
import { judgeValues } from './judge-values.ts'

/** Somebody as a database names them under the key of this run: hashes, null where it holds nothing. */
export type IdentityRow = Readonly<Record<ComparedField | 'number', string | null>> & { pseudonym: string }

export type Comparison = {
  /** How many people a database's field could be compared for. */
  checked: number
  /** Pseudonyms of those whose record disagrees. */
  disagreeing: string[]
}

/** Database -> field -> what was found. */
export type Comparisons = ReadonlyMap<string, ReadonlyMap<ComparedField, Comparison>>

/** A database's identities in the order of pseudonyms, and the fields it holds. */
export type Compared = {
  database: string
  fields: readonly ComparedField[]
  rows: AsyncIterator<readonly IdentityRow[]>
}

/** Walks all databases side by side: of nobody more is kept than the pseudonyms of those who disagree. */
export async function compareIdentities(sides: readonly Compared[]): Promise<Comparisons> {
  const walks = await Promise.all(sides.map(walk))
  const found = new Map(
    sides.map(({ database, fields }) => [
      database,
      new Map(fields.map((field): [ComparedField, Comparison] => [field, { checked: 0, disagreeing: [] }])),
    ]),
  )
  for (;;) {
    const next = walks.reduce<string | null>((first, { head }) => earlier(first, head()?.pseudonym ?? null), null)
    if (next === null) return found
    const here = walks.filter(({ head }) => head()?.pseudonym === next)
    compareOne(
      here.map(({ database, head }) => ({ database, row: head() as IdentityRow })),
      found,
    )
    // A wait a person would cost more than the comparison.
    for (const one of here) if (!one.step()) await one.more()
  }
}

type Walk = { database: string; head: () => IdentityRow | undefined; step: () => boolean; more: () => Promise<void> }

async function walk({ database, rows }: Compared): Promise<Walk> {
  let batch: readonly IdentityRow[] = []
  let at = 0
  const more = async (): Promise<void> => {
    const next = await rows.next()
    batch = next.done === true ? [] : next.value
    at = 0
  }
  await more()
  return {
    database,
    head: () => batch[at],
    step: () => {
      at += 1
      return at < batch.length
    },
    more,
  }
}

const earlier = (one: string | null, other: string | null): string | null =>
  one === null || (other !== null && other < one) ? other : one

function compareOne(
  here: readonly { database: string; row: IdentityRow }[],
  found: ReadonlyMap<string, ReadonlyMap<ComparedField, Comparison>>,
): void {
  const [first] = here
  if (first === undefined) return
  for (const field of ['fullName', 'birthYear', 'sex', 'diedOn'] as const) {
    const held = here.flatMap(({ database, row }) => {
      const value = row[field]
      return value === null ? [] : [{ database, value }]
    })
    const number = field === 'birthYear' ? first.row.number : null
    if (held.length + (number === null ? 0 : 1) < 2) continue
    const wrong = judgeValues(held, number)
    for (const { database } of held) {
      const comparison = found.get(database)?.get(field)
      if (comparison === undefined) continue
      comparison.checked += 1
      if (wrong.includes(database)) comparison.disagreeing.push(first.row.pseudonym)
    }
  }
}
