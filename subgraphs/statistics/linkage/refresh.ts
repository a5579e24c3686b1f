import { randomBytes } from 'node:crypto'
import { Client, type ClientConfig } from 'pg'
import { columnTypes } from '../../kit/postgres/column-types.ts'
import { inTransaction } from '../../kit/postgres/in-transaction.ts'
import { figures } from '../figures.ts'
import { dayInVietNam, monthAfter } from '../months.ts'
import { copyCatalogue, readUnits } from './copy-catalogue.ts'
import { linkPeople } from './link-people.ts'
import { publish } from './publish.ts'
import { settleCounts, takeCells, takeLinked, type Scope } from './take-counts.ts'

/** Databases that are counted, besides the catalogue. */
const sources = ['population', 'land', 'health', 'social-security'] as const
export type Source = (typeof sources)[number]

export type RefreshOptions = {
  /** How each database's linkage role connects; `statistics` is the store. */
  databases: Readonly<Record<Source | 'catalogue' | 'statistics', ClientConfig>>
  now: Date
  /** Recount these communes and all above them; null: everything. */
  communes: readonly string[] | null
}

export type RefreshReport = { isDone: boolean; residents: number; published: number }

/**
 * Counts and publishes, in one transaction of the store: a failure leaves what was published before. The key under which
 * people become pseudonyms is made here, lives in this call alone and is overwritten at its end. Does nothing while
 * another refresh is going on.
 */
export async function refresh({ databases, now, communes }: RefreshOptions): Promise<RefreshReport> {
  const key = randomBytes(64)
  const clients = new Map<string, Client>()
  const open = async (name: keyof typeof databases): Promise<Client> => {
    const client = new Client({ ...databases[name], application_name: 'statistics linkage', types: columnTypes })
    client.on('error', () => undefined)
    clients.set(name, client)
    await client.connect()
    return client
  }
  try {
    const store = await open('statistics')
    const { rows } = await store.query<{ held: boolean }>(
      `select pg_try_advisory_lock(hashtextextended('refresh', 0)) as held`,
    )
    if (rows[0]?.held !== true) return { isDone: false, residents: 0, published: 0 }
    const catalogue = await open('catalogue')
    const scope = scopeOf(now, communes)
    return await inTransaction(store, async () => {
      await copyCatalogue(catalogue, store, listed)
      const units = await readUnits(store)
      const opened = {
        population: await open('population'),
        land: await open('land'),
        health: await open('health'),
        'social-security': await open('social-security'),
      }
      const linked = await linkPeople(opened, key, units, scope)
      await takeLinked(store, linked.cells, scope)
      for (const name of sources) await takeCells(opened[name], store, scope)
      await settleCounts(store, scope, linked.coverage, now)
      const published = await publish(store, scope, units)
      return { isDone: true, residents: linked.residents, published }
    })
  } finally {
    key.fill(0)
    await Promise.all([...clients.values()].map((client) => client.end()))
  }
}

const listed = figures.flatMap(({ id, categories }) =>
  typeof categories === 'string' ? [{ figure: id, list: categories }] : [],
)

function scopeOf(now: Date, communes: readonly string[] | null): Scope {
  const day = dayInVietNam(now)
  const month = day.slice(0, 7)
  const months = Array.from({ length: 13 }, (_, index) => monthAfter(month, index - 12))
  return { day, month, months, communes }
}
