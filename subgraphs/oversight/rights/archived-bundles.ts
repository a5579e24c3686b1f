import type { ClientBase, Pool } from 'pg'
import type { BundleTexts } from '../../../policy/review/bundle-from-texts.ts'
import type { GraphFacts } from '../../kit/types.ts'

/** The hashes of a bundle's rules and schema, as every record of the log names them. */
export type Version = { rules: string; schema: string }

/** A text that the log keeps, under the hash that records name. */
export type ArchivedBundle = { hash: string; kind: 'RULES' | 'SCHEMA'; archivedAt: string; isInForce: boolean }

// Rules are archived as a JSON list, schemas in the schema language: no such text begins with a bracket.
const archiveStatement = `
  select hash, case when left(body, 1) = '[' then 'RULES' else 'SCHEMA' end as kind, archived_at as "archivedAt"
  from bundle where $1::text is null or (left(body, 1) = '[') = ($1 = 'RULES') order by archived_at desc, hash limit 100`

/** What the log archived, newest first, at most 100. */
export async function archivedBundles(
  database: ClientBase | Pool,
  kind: unknown,
  { bundleHash, schemaHash }: Pick<GraphFacts, 'bundleHash' | 'schemaHash'>,
): Promise<ArchivedBundle[]> {
  const { rows } = await database.query<Omit<ArchivedBundle, 'isInForce'>>(archiveStatement, [kind ?? null])
  return rows.map((row) => ({ ...row, isInForce: row.hash === bundleHash || row.hash === schemaHash }))
}

/** The texts of a version; null where the log archived none under one of its hashes. */
export async function archivedTexts(database: ClientBase | Pool, version: Version): Promise<BundleTexts | null> {
  const { rows } = await database.query<{ hash: string; body: string }>(
    'select hash, body from bundle where hash = any($1)',
    [[version.rules, version.schema]],
  )
  const textOf = (hash: string): string | undefined => rows.find((row) => row.hash === hash)?.body
  const [rules, schema] = [textOf(version.rules), textOf(version.schema)]
  return rules === undefined || schema === undefined ? null : { rules, schema }
}
