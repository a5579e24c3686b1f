import type { OwnCluster } from '../support/own-cluster.ts'

/** Whom the workloads are about, and who asks: each of the bank's hundred clerks has customers of their own. */
export type People = { groups: readonly (readonly string[])[]; clerks: number }

const clerks = 100
const customers = 50

/** Insured adults whom the population database knows and who consented, in the same order every time. Throws where there are too few. */
export async function choosePeople({ sql }: Pick<OwnCluster, 'sql'>): Promise<People> {
  const rows = await sql<{ personal_id: string }>(
    'social_security',
    'select personal_id from si_member order by md5(personal_id) limit $1 * 4',
    [clerks * customers],
  )
  const known = await sql<{ subject: string }>(
    'consent',
    `select subject from consent c join subject s on s.personal_id = c.subject
     where grantee_org = 'BANK-DEMO' and reference = 'bench-0' and s.deceased_on is null and subject = any($1)`,
    [rows.map((row) => row.personal_id)],
  )
  // The seed plants people whom one database does not know.
  const registered = await sql<{ personal_id: string }>(
    'population',
    'select personal_id from citizen where personal_id = any($1)',
    [known.map(({ subject }) => subject)],
  )
  const consenting = new Set(registered.map((row) => row.personal_id))
  const chosen = rows.map((row) => row.personal_id).filter((id) => consenting.has(id))
  if (chosen.length < clerks * customers) throw new Error(`only ${chosen.length} people to ask about`)
  return {
    clerks,
    groups: Array.from({ length: clerks }, (_, clerk) => chosen.slice(clerk * customers, (clerk + 1) * customers)),
  }
}
