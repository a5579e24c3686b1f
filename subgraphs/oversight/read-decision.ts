import type { ClientBase, Pool } from 'pg'
import type { Caller } from '../../policy/caller.ts'
import { classesFromSupergraph } from '../../policy/classification.ts'
import type { DecidedOn } from '../../policy/disclosure.ts'
import type { DecidingBundle, StoredVerdict } from '../../policy/replay.ts'
import { rulesFromText } from '../../policy/rule-set.ts'
import { archivedTexts } from './rights/archived-bundles.ts'

/** A record as it was decided: by whom it was asked, what came of it for whom, and by which rules. */
export type StoredDecision = {
  record: string
  at: string
  requestId: string
  service: string
  organisation: string | null
  caseNumber: string | null
  operation: string | null
  bundleHash: string
  schemaHash: string
  verdicts: readonly (StoredVerdict & { entry: string; coordinates: readonly string[] })[]
}

/** Facts without coordinates are those of all coordinates of their entry. */
type Stored = Omit<StoredDecision, 'verdicts'> & {
  caller: Caller
  verdicts: (Omit<StoredDecision['verdicts'][number], 'facts'> & {
    facts: (Pick<DecidedOn, 'row'> & Partial<DecidedOn>)[]
  })[]
}

const decisionStatement = `
  select d.id as record, d.at, d.request_id as "requestId", d.service, d.organisation, d.case_number as "caseNumber", d.operation,
    d.bundle_hash as "bundleHash", d.schema_hash as "schemaHash",
    jsonb_build_object('kind', d.caller_kind, 'orgKind', d.organisation_kind, 'roles', to_jsonb(d.roles), 'purpose', d.purpose,
      'delegated', d.actor_code is not null, 'accountLevel', d.account_level, 'authnLevel', d.authn_level) as caller,
    coalesce((select jsonb_agg(jsonb_build_object('entry', e.id, 'subject', e.subject, 'coordinates', to_jsonb(e.coordinates),
      'outcome', e.outcome, 'code', e.code, 'level', e.level, 'rule', e.rule, 'basis', e.basis, 'citation', e.citation,
      'facts', convert_from(e.body, 'UTF8')::jsonb -> 'facts') order by e.id) from disclosure_entry as e
      where e.id > d.id and e.id <= (left(d.id::text, 32) || 'ffff')::uuid), '[]') as verdicts
  from disclosure as d where d.id = $1`

/**
 * The decisions of a record, by its id or that of one of its entries; null where there is none. With `replay` and
 * `readBundle` each can be decided again. Reads as `oversight_app`.
 */
export async function readDecision(client: ClientBase | Pool, id: string): Promise<StoredDecision | null> {
  const record = `${id.slice(0, 32)}0000`
  const { rows } = await client.query<Stored>(decisionStatement, [record])
  const row = rows[0]
  if (row === undefined) return null
  const { caller, verdicts, ...decision } = row
  const asked = verdicts.filter(({ entry }) => id === record || id === entry)
  return {
    ...decision,
    verdicts: asked.map(({ facts, ...verdict }) => ({
      ...verdict,
      caller,
      facts: facts.map(({ row: known, coordinates = verdict.coordinates }) => ({ row: known, coordinates })),
    })),
  }
}

/** The rules and classes a record was decided by, from the archive; null where it does not hold both. */
export async function readBundle(
  client: ClientBase | Pool,
  { bundleHash, schemaHash }: Pick<StoredDecision, 'bundleHash' | 'schemaHash'>,
): Promise<DecidingBundle | null> {
  const texts = await archivedTexts(client, { rules: bundleHash, schema: schemaHash })
  return texts && { rules: rulesFromText(texts.rules), classes: classesFromSupergraph(texts.schema).classes }
}
