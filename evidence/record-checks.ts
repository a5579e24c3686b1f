import { lineFromText } from './export-lines.ts'
import type { LogFault } from './log-faults.ts'
import { faultOfRecord } from './stored-record.ts'

/** A leaf of an export as it stands there: its line, and which line and leaf that is. */
export type ExportedLeaf = { text: string; line: number; leaf: number }
/** What is wrong with a record itself, and in which line. */
export type FoundFault = { line: number; fault: LogFault }

/** Checks each record for itself, in any order: what stands between records is not its concern. */
export type RecordChecks = {
  add: (leaf: ExportedLeaf, writers: readonly string[]) => void
  /** What was found in all of them, in any order. Rejects where not all of them could be checked. */
  end: () => Promise<readonly FoundFault[]>
}

/** No more faults than these are listed. */
export const mostFaults = 100

/** The fault of each record among them, in their order. `writers` are the names the export gave so far. */
export function faultsOfLeaves(leaves: readonly ExportedLeaf[], writers: readonly string[]): FoundFault[] {
  const found: FoundFault[] = []
  for (const { text, line, leaf } of leaves) {
    const record = lineFromText(text, (number) => writers[number - 1])
    if (record?.kind !== 'leaf') throw new TypeError('a line that is no leaf was given as one')
    const kind = faultOfRecord(record)
    const { writer, counter } = record
    if (kind !== null && found.length < mostFaults)
      found.push({ line, fault: { kind, leaf, writer, counters: [counter, counter] } })
  }
  return found
}
