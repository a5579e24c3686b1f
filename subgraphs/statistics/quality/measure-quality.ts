import { Client, type ClientConfig } from 'pg'
import { columnTypes } from '../../kit/postgres/column-types.ts'
import { inTransaction } from '../../kit/postgres/in-transaction.ts'
import { dayInVietNam } from '../months.ts'
import { compareDatabases, uncompared } from './compare-databases.ts'
import { failureCode } from './failure-code.ts'
import { measuredDatabases } from './measured-databases.ts'
import type { Measured } from './measured.ts'
import { readCounts } from './read-counts.ts'
import { readSharing, unshared } from './read-sharing.ts'
import { dropOthers, saveMeasures } from './save-measures.ts'

export type QualityOptions = {
  /** How the role of each database connects that may call its measures; `oversight` is the log, `statistics` the store. */
  databases: Readonly<Record<string, ClientConfig>>
  /** Database -> its fields in the graph, `Type.field`. */
  coordinates: Readonly<Record<string, readonly string[]>>
  now: Date
}

/** How many measures were taken, and how many failed; none while another measuring goes on. */
export type QualityReport = { isDone: boolean; measures: number; failures: number }

/** Measures every database. Rejects where the store can't be had; whatever else fails is kept as a failure. */
export async function measureQuality({ databases, coordinates, now }: QualityOptions): Promise<QualityReport> {
  const day = dayInVietNam(now)
  const clients: Client[] = []
  const open = async (name: string): Promise<Client> => {
    const client = new Client({ ...databases[name], application_name: 'quality', types: columnTypes })
    client.on('error', () => undefined)
    clients.push(client)
    await client.connect()
    return client
  }
  try {
    const store = await open('statistics')
    const { rows } = await store.query<{ held: boolean }>(
      `select pg_try_advisory_lock(hashtextextended('quality', 0)) as held`,
    )
    if (rows[0]?.held !== true) return { isDone: false, measures: 0, failures: 0 }
    const codes = await readCodes(open).catch((error: unknown) => ({ failure: failureCode(error) }))
    const found: Measured[] = []
    const lost = new Map<string, string>()
    for (const { name } of measuredDatabases) {
      await open(name)
        .then((client) => readCounts(client, name, day, codes))
        .then((counts) => found.push(...counts))
        .catch((error: unknown) => lost.set(name, failureCode(error)))
      const fields = coordinates[name] ?? []
      // Of open data the log holds nothing.
      if (fields.length === 0) continue
      const shared = await open('oversight')
        .then((log) => readSharing(log, name, fields, now))
        .catch((error: unknown) => unshared(name, failureCode(error)))
      found.push(...shared)
    }
    found.push(...(await compareDatabases(open, day).catch((error: unknown) => uncompared(failureCode(error)))))
    await inTransaction(store, async () => {
      await saveMeasures(store, found, now)
      for (const [name, failure] of lost) await markLost(store, name, failure, now)
      const whole = measuredDatabases.map(({ name }) => name).filter((name) => !lost.has(name))
      await dropOthers(store, whole, now)
    })
    const failures = found.filter(({ outcome }) => 'failure' in outcome).length
    return { isDone: true, measures: found.length, failures: failures + lost.size }
  } finally {
    await Promise.all(clients.map((client) => client.end()))
  }
}

/** The lists that codes are checked against. Nobody is named in them. */
async function readCodes(open: (name: string) => Promise<Client>): Promise<{ lists: object }> {
  const catalogue = await open('catalogue')
  const { rows } = await catalogue.query<{ lists: object }>('select quality_codes() as lists')
  return { lists: rows[0]?.lists ?? {} }
}

/** A database that could not be asked: whatever it measured of itself failed. */
async function markLost(store: Client, database: string, failure: string, now: Date): Promise<void> {
  await store.query(
    `update quality_measure set failure = $2, attempted_at = $3
     where database = $1 and method <> 'AGREEMENT' and indicator not in ('CONNECTED', 'SHARED')`,
    [database, failure, now],
  )
}
