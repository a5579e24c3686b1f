import type { ClientBase } from 'pg'
import { signHead } from '../../evidence/log-head.ts'
import type { HeadSigner } from '../../evidence/log-head.ts'
import { storedLevels, storedTree } from './log-tree.ts'

export type HeadDeps = {
  signer: HeadSigner
  clock: () => Date
  /** The least time between two heads. */
  headMs: number
}

/** Signs the heads of a log that grows. */
export type Heads = {
  /**
   * Takes up new leaves and signs a head over them, unless the last one is younger than `headMs`; then gives the
   * milliseconds until one is due, and null where nothing is left to be signed.
   */
  sign: () => Promise<number | null>
}

/**
 * Goes on from the newest head. Rejects where the leaves stored below it no longer give its root: whoever changed them
 * must not get a head for it.
 */
export async function openHeads(client: ClientBase, { signer, clock, headMs }: HeadDeps): Promise<Heads> {
  const { rows } = await client.query<{ size: string; root: Buffer }>(
    'select size, root from tree_head order by size desc limit 1',
  )
  const size = Number(rows[0]?.size ?? 0)
  const nodes: { level: number; index: number; hash: Uint8Array }[] = []
  const tree = await storedTree(client, size, ({ level, index }, hash) => {
    if (level % storedLevels === 0) nodes.push({ level, index, hash })
  })
  if (rows[0] !== undefined && rows[0].root.compare(tree.root()) !== 0)
    throw new Error('the stored leaves no longer give the root of the newest head')
  let signed = size
  let signedAt = Number.NEGATIVE_INFINITY

  async function grow(): Promise<void> {
    for (;;) {
      const { rows: leaves } = await client.query<{ hash: Buffer }>({
        name: 'new-leaves',
        text: 'select leaf_hash as hash from leaf where leaf_index >= $1 order by leaf_index limit $2',
        values: [tree.size(), batch],
      })
      for (const { hash } of leaves) tree.append(hash)
      if (leaves.length < batch) return
    }
  }

  return {
    sign: async () => {
      await grow()
      if (tree.size() === signed) return null
      const due = signedAt + headMs - performance.now()
      if (due > 0) return due
      const root = Buffer.from(tree.root())
      const at = clock().toISOString()
      const token = await signHead({ size: tree.size(), root: root.toString('base64url'), at }, signer)
      await client.query({
        name: 'append-head',
        text: appendHead,
        values: [
          nodes.map(({ level }) => level),
          nodes.map(({ index }) => index),
          nodes.map(({ hash }) => hash),
          tree.size(),
          root,
          at,
          token,
        ],
      })
      nodes.length = 0
      signed = tree.size()
      signedAt = performance.now()
      return null
    },
  }
}

/** Leaves read at once at most. */
const batch = 10_000

/** A head and the nodes below it in one statement: where there is a head, its proofs can be made. */
const appendHead = `
  with nodes as (
    insert into tree_node (level, index, hash) select * from unnest($1::smallint[], $2::bigint[], $3::bytea[]))
  insert into tree_head (size, root, at, token) values ($4, $5, $6, $7)`
