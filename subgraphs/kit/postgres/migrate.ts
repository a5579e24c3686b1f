import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ClientBase } from 'pg'
import { isMissing } from './private-file.ts'
import { inTransaction } from './in-transaction.ts'
import { startRefused } from './start-refused.ts'

/** One `NNN_name.sql` of a folder. */
export type Migration = { version: number; name: string; checksum: string; sql: string }

/** The migrations of a folder in their order; none when there is no such folder. Rejects odd or doubled names. */
export async function readMigrations(dir: string): Promise<Migration[]> {
  const names = await readdir(dir).catch((error: unknown): string[] => {
    if (isMissing(error)) return []
    throw error
  })
  const migrations = await Promise.all(
    names.sort().map(async (name) => {
      const version = /^(\d{3})_[a-z0-9_]+\.sql$/.exec(name)?.[1]
      if (version === undefined) throw startRefused(`${join(dir, name)} is not named NNN_name.sql`)
      const sql = await readFile(join(dir, name), 'utf8')
      return { version: Number(version), name, checksum: createHash('sha256').update(sql).digest('hex'), sql }
    }),
  )
  const gap = migrations.findIndex(({ version }, index) => version !== index + 1)
  if (gap !== -1) throw startRefused(`${join(dir, migrations[gap]?.name ?? '')} should be number ${gap + 1}`)
  return migrations
}

/**
 * Brings a database up to its folder's last migration and gives how many were applied. Each runs in a transaction with
 * the note of it, so a failure leaves the database between two versions, never within one. A migration that was changed
 * or taken away after it was applied is refused: write a new one.
 */
export async function migrate(client: ClientBase, dir: string): Promise<number> {
  const migrations = await readMigrations(dir)
  await client.query(`create table if not exists schema_migration (
    version int primary key, name text not null, checksum text not null, applied_at timestamptz not null default now())`)
  const { rows: applied } = await client.query<{ version: number; name: string; checksum: string }>(
    'select version, name, checksum from schema_migration order by version',
  )
  for (const { version, name, checksum } of applied) {
    if (migrations[version - 1]?.checksum === checksum) continue
    throw startRefused(`${join(dir, name)} was changed or removed after it was applied: add a new migration instead`)
  }
  const pending = migrations.slice(applied.length)
  for (const { version, name, checksum, sql } of pending) {
    await inTransaction(client, async () => {
      await client.query(sql)
      await client.query('insert into schema_migration (version, name, checksum) values ($1, $2, $3)', [
        version,
        name,
        checksum,
      ])
    }).catch((error: unknown) => {
      throw new Error(`${join(dir, name)}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
    })
  }
  return pending.length
}
