import DataLoader from 'dataloader'
import type { Pool } from 'pg'
import { spans, type MeterId } from './meter.ts'
import { emptySketch, estimate, registerCount, union, type Mark, type Sketch } from './sketch.ts'

/** What a process tells of a meter: whom it counted since it last did, and how many it wants to count next. */
export type Telling = { meter: MeterId; at: Date; raised: readonly Mark[]; lease: number }

/** What all processes know of a meter. */
export type Standing = {
  /** The bucket of this moment. */
  latest: Sketch
  /** People read within the window, with those that other processes may have read and not told yet. */
  total: number
  /** Purpose -> when its approval ends, in milliseconds. */
  approvals: ReadonlyMap<string, number>
}

/** Rejects where the store does not answer. */
export type CountStore = (telling: Telling) => Promise<Standing>

type Row = {
  meter: number
  latest: Buffer | null
  /** One sketch behind the other. */
  spans: Buffer | null
  reserved: number
  approvals: Record<string, number>
}

/**
 * The sketches in the oversight database, through the one function a writer may call. What is told in one tick is one
 * statement. `process` names this start of the process: its leases are its own.
 */
export function createCountStore(pool: Pool, process: string): CountStore {
  const loader = new DataLoader<Telling, Standing>((tellings) => tell(pool, process, tellings), {
    cache: false,
    maxBatchSize: 64,
  })
  return (telling) => loader.load(telling)
}

/** A list of bytes is read letter by letter; bytes are not. */
const countSubjects = `
  select meter, latest, (select string_agg(one, ''::bytea) from unnest(spans) as one) as spans, reserved, approvals
  from count_subjects($1, $2, $3) order by meter`

function sketchesIn(bytes: Buffer | null): Sketch[] {
  const count = (bytes?.length ?? 0) / registerCount
  return Array.from({ length: count }, (_, n) => bytes?.subarray(n * registerCount, (n + 1) * registerCount) as Sketch)
}

async function tell(pool: Pool, process: string, tellings: readonly Telling[]): Promise<Standing[]> {
  const meters = tellings.map(({ meter, at, raised, lease }) => {
    const { organisation, purpose, caller, counted, span } = meter
    return {
      organisation,
      purpose,
      caller,
      counted,
      lease,
      grains: spans[span].grains,
      since: new Date(at.getTime() - spans[span].windowMs),
      raised: raised.map(({ register, rank }) => register * 256 + rank),
    }
  })
  const { rows } = await pool.query<Row>({
    name: 'count-subjects',
    text: countSubjects,
    values: [process, tellings[0]?.at, JSON.stringify(meters)],
  })
  return rows.map(({ latest, spans: buckets, reserved, approvals }) => ({
    latest: latest ?? emptySketch(),
    total: Math.round(estimate(union(sketchesIn(buckets)))) + reserved,
    approvals: new Map(Object.entries(approvals)),
  }))
}
