import type { ClientBase, Pool } from 'pg'
import { createGrowingTree } from '../../evidence/merkle/growing-tree.ts'
import type { GrowingTree } from '../../evidence/merkle/growing-tree.ts'
import type { ProofPlan } from '../../evidence/merkle/proof-plans.ts'
import { joinHashes, subtreesOf } from '../../evidence/merkle/subtrees.ts'
import type { Subtree } from '../../evidence/merkle/subtrees.ts'

/** Nodes are stored at every so many levels, with the leaves at level 0. */
export const storedLevels = 8

const rangesStatement = `
  select r.position, n.hash
  from unnest($1::smallint[], $2::bigint[], $3::bigint[]) with ordinality as r (level, first, end_index, position)
  cross join lateral (
    select leaf_index as index, leaf_hash as hash from leaf
    where r.level = 0 and leaf_index >= r.first and leaf_index < r.end_index
    union all
    select index, hash from tree_node
    where r.level > 0 and level = r.level and index >= r.first and index < r.end_index) as n
  order by r.position, n.index`

/**
 * The hashes of perfect subtrees, each from at most 128 stored ones. Rejects with a RangeError where the database does
 * not hold them all: no head covers that much, or somebody removed some.
 */
async function subtreeHashes(client: ClientBase | Pool, subtrees: readonly Subtree[]): Promise<Uint8Array[]> {
  const ranges = subtrees.map(({ level, index }) => {
    const count = 2 ** (level % storedLevels)
    return { level: level - (level % storedLevels), first: index * count, count }
  })
  const { rows } = await client.query<{ position: string; hash: Buffer }>({
    name: 'tree-ranges',
    text: rangesStatement,
    values: [
      ranges.map(({ level }) => level),
      ranges.map(({ first }) => first),
      ranges.map(({ first, count }) => first + count),
    ],
  })
  const found = Map.groupBy(rows, ({ position }) => Number(position))
  return ranges.map(({ count }, index) => {
    const hashes = found.get(index + 1) ?? []
    if (hashes.length !== count) throw new RangeError('the tree is not stored that far')
    const subtree = createGrowingTree()
    for (const { hash } of hashes) subtree.append(hash)
    return subtree.root()
  })
}

/** The hashes of a proof in base64url. Rejects as `subtreeHashes` does. */
export async function proofHashes(client: ClientBase | Pool, plan: ProofPlan): Promise<string[]> {
  const hashes = await subtreeHashes(client, plan.flat())
  let from = 0
  return plan.map(({ length }) => {
    from += length
    return Buffer.from(joinHashes(hashes.slice(from - length, from))).toString('base64url')
  })
}

/** The tree of the first `size` leaves, to be grown. Rejects as `subtreeHashes` does. */
export async function storedTree(
  client: ClientBase | Pool,
  size: number,
  note: (subtree: Subtree, hash: Uint8Array) => void,
): Promise<GrowingTree> {
  return createGrowingTree(size, await subtreeHashes(client, subtreesOf(0, size)), note)
}
