import type { OwnCluster } from '../support/own-cluster.ts'

/** Whom the workloads are about, and who asks: each of the bank's hundred clerks has customers of their own. */
export type People = {
  clerks: number
  /** The customers of each clerk. */
  groups: readonly (readonly string[])[]
  /** Those of each clerk's customers with much land, about whom nothing else is asked. */
  owners: readonly (readonly string[])[]
  /** Those whose consents change while others are asked about. */
  changing: readonly string[]
}

const clerks = 100
const customers = 50
const owners = 10
const changing = 400
const wanted = clerks * (customers + owners) + changing

/** Insured adults whom the population database knows and who consented, in the same order every time. Throws where there are too few. */
export async function choosePeople({ sql }: Pick<OwnCluster, 'sql'>): Promise<People> {
  const rows = await sql<{ personal_id: string }>(
    'social_security',
    'select personal_id from si_member order by md5(personal_id) limit $1 * 4',
    [wanted],
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
  if (chosen.length < wanted) throw new Error(`only ${chosen.length} of ${wanted} people to ask about`)
  const first = clerks * customers
  const second = first + clerks * owners
  return {
    clerks,
    groups: inGroups(chosen.slice(0, first), customers),
    owners: inGroups(chosen.slice(first, second), owners),
    changing: chosen.slice(second, wanted),
  }
}

function inGroups(people: readonly string[], size: number): string[][] {
  return Array.from({ length: people.length / size }, (_, n) => people.slice(n * size, (n + 1) * size))
}
