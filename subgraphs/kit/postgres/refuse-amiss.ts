import { escapeIdentifier } from 'pg'
import type { ClientBase } from 'pg'

/**
 * Rejects when a row of the whole database breaks a rule that spans rows. Such a rule is a view `amiss_<rule>` of the rows
 * that break it, which its triggers ask about the rows that change. The message names the rule, never a row.
 */
export async function refuseAmiss(client: ClientBase): Promise<void> {
  const { rows: views } = await client.query<{ view: string }>(
    `select viewname as view from pg_views where schemaname = 'public' and starts_with(viewname, 'amiss_') order by 1`,
  )
  for (const { view } of views) {
    const { rows } = await client.query(`select count(*)::int as refused from ${escapeIdentifier(view)}`)
    if (rows[0]?.refused !== 0) throw new Error(`${view.slice('amiss_'.length)}: ${rows[0]?.refused} row(s) refused`)
  }
}
