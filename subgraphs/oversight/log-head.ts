import type { Pool } from 'pg'
import { consistencyPlan } from '../../evidence/merkle/proof-plans.ts'
import { problem } from '../../policy/errors.ts'
import { proofHashes } from './log-tree.ts'

type HeadRow = { size: string; root: string; at: string; signed: string; written: string }

const headStatement = `
  select size::text, base64url(root) as root, at, token as signed,
    (select written from log_window())::text as written
  from tree_head order by tree_head.size desc limit 1`

/** The newest head, with the number of records there are; null where none was signed yet. */
export async function logHead(pool: Pool): Promise<HeadRow | null> {
  const { rows } = await pool.query<HeadRow>({ name: 'log-head', text: headStatement })
  return rows[0] ?? null
}

/** A consistency proof between two sizes. Throws BAD_USER_INPUT for sizes that are none, or that no head reaches. */
export async function logConsistency(pool: Pool, args: Record<string, unknown>): Promise<string[]> {
  const [first, second] = [Number(args['first']), Number(args['second'])]
  try {
    return await proofHashes(pool, consistencyPlan(first, second))
  } catch (error) {
    if (error instanceof RangeError) throw problem('BAD_USER_INPUT', noSuchTree)
    throw error
  }
}

const noSuchTree = {
  vi: 'cần 0 < first <= second <= số lá của đầu cây mới nhất',
  en: 'it takes 0 < first <= second <= the leaves of the newest head',
}
