import { setInterval as every } from 'node:timers/promises'
import type { Pool } from 'pg'
import type { PersonalClass, VolumePolicy } from '../../policy/volume.ts'
import { createCountStore } from '../kit/counting/count-store.ts'
import { leaseOutlivesMs } from '../kit/counting/create-meters.ts'
import { markOf } from '../kit/counting/sketch.ts'

export type SettlingDeps = {
  /** The oversight database as its reader and as a writer. */
  reader: Pool
  writer: Pool
  volume: VolumePolicy
  clock: () => Date
}

type Lease = {
  organisation: string
  purpose: string
  caller: string
  counted: PersonalClass
  process: string
  renewed_at: string
}

const deadLeases = `select organisation, purpose, caller, counted, process, renewed_at from reading_lease
  where span = 'month' and renewed_at < $1 order by renewed_at limit 1000`

/** Whom the log says this organisation (purpose, caller) read since: no answer was given without its record. */
const readSince = `
  select distinct e.subject
  from retention_class as c
  cross join lateral (select * from disclosure as one where one.id >= record_id_bound(c.code, $1)
    and one.id < record_id_bound((c.code + 1)::smallint, 'epoch') and coalesce(one.organisation, '') = $2) as d
  join disclosure_entry as e on e.id > d.id and e.id <= (left(d.id::text, 32) || 'ffff')::uuid
  where e.subject is not null and e.outcome in ('ALLOW', 'MASK')
    and ($3 = '' or coalesce(d.purpose, '') = $3) and not coalesce(d.purpose = any ($4::text[]), false)
    and ($5 = '' or d.staff_code = $5) and (e.level = 'L2') = ($6 = 'BASIC') and e.level not in ('L0', 'L1')
    and e.basis not in ('OPEN', 'STRUCTURE', 'SHARED', 'SELF', 'REPRESENTATIVE', '11.2', '19.2')`

/**
 * Takes back leases of processes that are gone: whom they may have read and never told, the log knows. Each is merged into
 * the sketches in the statement that ends the lease, so nobody is forgotten in between. Gives how many were settled.
 */
export async function settleLeases({ reader, writer, volume, clock }: SettlingDeps): Promise<number> {
  const at = clock()
  const { rows } = await reader.query<Lease>(deadLeases, [new Date(at.getTime() - leaseOutlivesMs)])
  for (const { organisation, purpose, caller, counted, process, renewed_at } of rows) {
    const budgeted = volume.budgets.filter((one) => one.organisation === organisation).map((one) => one.purpose)
    // What has a budget of its own stays out of the count over all purposes.
    const others = purpose === '' ? budgeted : []
    const { rows: read } = await reader.query<{ subject: string }>(readSince, [
      renewed_at,
      organisation,
      purpose,
      others,
      caller,
      counted,
    ])
    const raised = read.map(({ subject }) => markOf(Buffer.from(subject, 'base64url')))
    await createCountStore(
      writer,
      process,
    )({
      meter: { organisation, purpose, caller, counted, span: 'month' },
      at,
      raised,
      lease: 0,
    })
  }
  return rows.length
}

/** Settles every ten minutes until the signal. Never rejects: a lease that was not settled counts as read until it is. */
export async function runSettling(deps: SettlingDeps, signal: AbortSignal): Promise<void> {
  try {
    for await (const _ of every(600_000, undefined, { signal, ref: false })) await settleLeases(deps).catch(() => 0)
  } catch {
    // The signal ends the wait by an error.
  }
}
