import { isHash, isSignature } from './encoded.ts'
import { isRecordId } from './record-time.ts'
import type { StoredRecord } from './stored-record.ts'

/**
 * The export of a log: text, one thing a line, its parts separated by tabs (JSON holds none). Leaves stand in their
 * order, each head behind the last leaf it speaks of, and the last line says how many leaves there were.
 */
export type ExportLine =
  | { kind: 'writer'; writer: string; keyId: string }
  | ({ kind: 'leaf' } & StoredRecord)
  | { kind: 'head'; token: string }
  | { kind: 'end'; leaves: number }

/** The first line of every export. */
export const exportTitle = 'vn-national-graph disclosure log, version 1'

/** A line without its end. A writer is named once; its leaves name it by its number, counted from 1. */
export function textFromLine(line: ExportLine, numberOf: (writer: string) => number): string {
  switch (line.kind) {
    case 'writer':
      return `writer\t${line.writer}\t${line.keyId}`
    case 'leaf': {
      const { writer, counter, record, leaf, previous, signature, body, entries } = line
      const places = [numberOf(writer), counter, record, leaf, previous ?? '', signature]
      return ['leaf', ...places, body ?? '', ...entries].join('\t')
    }
    case 'head':
      return `head\t${line.token}`
    case 'end':
      return `end\t${line.leaves}`
  }
}

/** What a line says; null where it is none. `writerOf` gives the name of a writer by its number. */
export function lineFromText(text: string, writerOf: (number: number) => string | undefined): ExportLine | null {
  const [kind, ...parts] = text.split('\t')
  const [one = '', two = ''] = parts
  if (kind === 'leaf') {
    const [number, counter, record = '', leaf = '', previous = '', signature = '', body = '', ...entries] = parts
    const writer = writerOf(Number(number))
    if (writer === undefined || !whole.test(counter ?? '') || !isRecordId(record)) return null
    if (!whole.test(number ?? '') || !isHash(leaf) || !isSignature(signature)) return null
    if (previous !== '' && !isHash(previous)) return null
    const place = { writer, counter: Number(counter), record, leaf, previous: previous === '' ? null : previous }
    return { kind, ...place, signature, body: body === '' ? null : body, entries }
  }
  if (kind === 'writer' && parts.length === 2) return { kind, writer: one, keyId: two }
  if (kind === 'head' && parts.length === 1) return { kind, token: one }
  return kind === 'end' && whole.test(one) ? { kind, leaves: Number(one) } : null
}

const whole = /^(0|[1-9]\d{0,14})$/
