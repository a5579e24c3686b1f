import type { KeyObject } from 'node:crypto'
import type { LogFault } from './log-faults.ts'
import { isSignatureOf, linkFrom, statementText } from './statement.ts'
import { statementOf } from './stored-record.ts'
import type { StoredRecord } from './stored-record.ts'

/** Follows one writer's records through an export. */
export type WriterChain = {
  /** The next record of this writer in the file. */
  add: (record: StoredRecord, leaf: number) => void
  /** Checks what is left to check. */
  end: () => unknown
}

type Signed = { text: string; signature: string; leaf: number; counter: number }

/** Signatures are checked once in so many records: each covers all before it. */
const stride = 256

/**
 * Counters run from 1 without a gap, each record names the statement and signature before it, and the last of them is
 * the writer's: then all of them are as the writer signed them, bit for bit, for each signature covers those before it.
 * Where that fails, the signatures since the last that held are checked one by one, to say where.
 */
export function createWriterChain(
  writer: string,
  key: KeyObject | undefined,
  report: (fault: LogFault) => void,
): WriterChain {
  let counter = 0
  let link: string | null = null
  let unchecked: Signed[] = []
  if (key === undefined) report({ kind: 'UNKNOWN_KEY', writer })

  const isFalse = ({ text, signature }: Signed): boolean =>
    key !== undefined && !isSignatureOf(text, Buffer.from(signature, 'base64url'), key)

  /** True where a fault was found. */
  function check(): boolean {
    const last = unchecked.at(-1)
    const wrong = last !== undefined && isFalse(last) ? unchecked.filter(isFalse) : []
    for (const { leaf, counter: at } of wrong) report({ kind: 'BAD_SIGNATURE', writer, leaf, counters: [at, at] })
    unchecked = []
    return wrong.length > 0
  }

  return {
    add: (record, leaf) => {
      if (record.counter !== counter + 1) {
        check()
        const isLater = record.counter > counter
        const missing: [number, number] = isLater ? [counter + 1, record.counter - 1] : [record.counter, record.counter]
        report({ kind: isLater ? 'GAP' : 'REPEATED', writer, leaf, counters: missing })
      } else if (record.previous !== link && !check())
        report({ kind: 'CHAIN_BROKEN', writer, leaf, counters: [record.counter, record.counter] })
      counter = Math.max(counter, record.counter)
      const text = statementText(statementOf(record))
      link = linkFrom(text, record.signature)
      unchecked.push({ text, signature: record.signature, leaf, counter: record.counter })
      if (unchecked.length >= stride) check()
    },
    end: check,
  }
}
