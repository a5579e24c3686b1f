import { z } from 'zod'
import type { KeySet } from './key-set.ts'
import { openCosignature, openHead } from './log-head.ts'
import type { LogFault } from './log-faults.ts'
import type { LogHead } from './log-head.ts'

/** One line of a witness's file: a head of the log, and the witness's own signature on it. */
export type WitnessLine = { head: string; cosignature: string }

const line = z.strictObject({ head: z.string(), cosignature: z.string() })

/** All heads a witness's file speaks of, and the lines that hold none. */
export async function readWitness(
  lines: AsyncIterable<string> | Iterable<string>,
  keys: KeySet,
): Promise<{ heads: LogHead[]; faults: LogFault[] }> {
  const heads: LogHead[] = []
  const faults: LogFault[] = []
  let number = 0
  for await (const text of lines) {
    number += 1
    const head = await headFromWitnessLine(text, keys)
    if (head === null) faults.push({ kind: 'BAD_WITNESS', line: number })
    else heads.push(head)
  }
  return { heads, faults }
}

/** A line of the file, without its end. */
export function textFromWitnessLine({ head, cosignature }: WitnessLine): string {
  return JSON.stringify({ head, cosignature })
}

/** The head a line speaks of; null where either signature is not by a key of the set, or they speak of different heads. */
export async function headFromWitnessLine(text: string, keys: KeySet): Promise<LogHead | null> {
  const read = line.safeParse(jsonFrom(text)).data
  if (read === undefined) return null
  const head = await openHead(read.head, keys)
  const seen = await openCosignature(read.cosignature, keys)
  const isSame =
    head !== null && seen !== null && head.size === seen.size && head.root === seen.root && head.at === seen.at
  return isSame ? head : null
}

function jsonFrom(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
