import { exportTitle, lineFromText } from './export-lines.ts'
import type { KeySet } from './key-set.ts'
import type { LogFault } from './log-faults.ts'
import { openHead } from './log-head.ts'
import type { LogHead } from './log-head.ts'
import { createGrowingTree } from './merkle/growing-tree.ts'
import { keptUntil } from './record-time.ts'
import { mostFaults } from './record-checks.ts'
import type { FoundFault, RecordChecks } from './record-checks.ts'
import { createSharedChecks } from './shared-checks.ts'
import type { StoredRecord } from './stored-record.ts'
import { createWriterChain } from './writer-chain.ts'
import type { WriterChain } from './writer-chain.ts'

/** What an export holds, how far it is covered, and what is wrong with it. */
export type LogReport = {
  leaves: number
  expired: number
  writers: number
  heads: number
  /** The newest head. */
  head: LogHead | null
  /** Leaves behind the newest head, and behind the newest one that was witnessed; null without a witness. */
  exposed: { head: number; witness: number | null }
  faults: LogFault[]
}

/**
 * Checks an export from the published keys alone: every record against its leaf, every writer's counters and signatures,
 * every head against the leaves before it, and all that a witness saw. Reads once, in order; holds one hash a level of
 * the tree and some records a writer. Lists the first faults alone: one removed leaf makes every later head differ. Records
 * are checked for themselves by `checks`.
 */
export async function verifyExport(
  lines: AsyncIterable<string> | Iterable<string>,
  keys: KeySet,
  witnessed: readonly LogHead[] | null = null,
  checks: RecordChecks = createSharedChecks(),
): Promise<LogReport> {
  const found: FoundFault[] = []
  const report = (fault: LogFault): void => void (found.length < mostFaults && found.push({ line, fault }))
  const tree = createGrowingTree()
  const seen = new Map((witnessed ?? []).map((head) => [head.size, head]))
  const names: string[] = []
  const chains = new Map<string, WriterChain>()
  const kept = { expired: 0, until: 0, leaf: 0 }
  let heads = 0
  let head: LogHead | null = null
  let isTitled = false
  let stated: number | null = null
  let line = 0

  function addLeaf(record: StoredRecord, text: string): void {
    const leaf = tree.size()
    checks.add({ text, line, leaf }, names)
    if (record.body === null) {
      kept.expired += 1
      const until = keptUntil(record.record)?.getTime() ?? Number.POSITIVE_INFINITY
      if (until > kept.until) Object.assign(kept, { until, leaf })
    }
    chains.get(record.writer)?.add(record, leaf)
    tree.append(Buffer.from(record.leaf, 'base64url'))
    const witness = seen.get(tree.size())
    if (witness !== undefined && witness.root !== rootOf(tree)) report({ kind: 'WITNESS_DIFFERS', size: witness.size })
  }

  async function addHead(token: string): Promise<void> {
    heads += 1
    const opened = await openHead(token, keys)
    if (opened === null) return report({ kind: 'BAD_HEAD', line })
    if (head !== null && (opened.size <= head.size || opened.at < head.at))
      report({ kind: 'HEAD_OUT_OF_ORDER', line, size: opened.size })
    if (opened.size !== tree.size() || opened.root !== rootOf(tree))
      report({ kind: 'HEAD_DIFFERS', line, size: opened.size })
    head = opened
  }

  for await (const text of lines) {
    line += 1
    if (!isTitled) {
      isTitled = true
      if (text === exportTitle) continue
      report({ kind: 'NOT_AN_EXPORT' })
      break
    }
    const read = lineFromText(text, (number) => names[number - 1])
    if (read === null || stated !== null) report({ kind: 'UNREADABLE_LINE', line })
    else if (read.kind === 'leaf') addLeaf(read, text)
    else if (read.kind === 'head') await addHead(read.token)
    else if (read.kind === 'end') stated = read.leaves
    else if (chains.has(read.writer)) report({ kind: 'REPEATED', writer: read.writer, line })
    else {
      names.push(read.writer)
      chains.set(read.writer, createWriterChain(read.writer, keys.get(read.keyId), report))
    }
  }
  for (const chain of chains.values()) chain.end()
  const leaves = tree.size()
  if (stated !== leaves) report({ kind: 'NO_END' })
  const newest = head as LogHead | null
  const witnessedSize = Math.max(0, ...seen.keys())
  for (const size of [newest?.size ?? 0, witnessedSize]) if (size > leaves) report({ kind: 'TRUNCATED', size })
  if (kept.expired > 0 && !(kept.until <= Date.parse(newest?.at ?? '')))
    report({ kind: 'EXPIRED_TOO_EARLY', leaf: kept.leaf })
  const exposed = {
    head: leaves - Math.min(leaves, newest?.size ?? 0),
    witness: witnessed === null ? null : leaves - Math.min(leaves, witnessedSize),
  }
  const inOrder = [...(await checks.end()), ...found].toSorted((a, b) => a.line - b.line)
  const faults = inOrder.slice(0, mostFaults).map(({ fault }) => fault)
  return { leaves, expired: kept.expired, writers: chains.size, heads, head: newest, exposed, faults }
}

function rootOf(tree: ReturnType<typeof createGrowingTree>): string {
  return Buffer.from(tree.root()).toString('base64url')
}
