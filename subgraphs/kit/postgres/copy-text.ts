/** What a cell may hold. An array becomes a `text[]`; a Date is given as its ISO text. */
export type CopyValue = string | number | boolean | null | readonly string[]

/** Rows of one table on their way, in COPY's text format. */
export type CopyText = {
  /** True when a chunk is full. Throws RangeError on a row of another width or a value without a text form. */
  add: (row: readonly CopyValue[]) => boolean
  /** What was gathered since the last time, in chunks. */
  take: () => readonly Buffer[]
}

/** Characters a chunk gathers: large enough that sending it costs nothing. */
const chunkLength = 65_536

/** Gathers rows of so many cells as text at once: a row is forgotten as soon as it is added. */
export function createCopyText(width: number): CopyText {
  let chunks: Buffer[] = []
  let chunk = ''
  const cut = (): void => {
    if (chunk !== '') chunks.push(Buffer.from(chunk))
    chunk = ''
  }
  return {
    add: (row) => {
      if (row.length !== width) throw new RangeError(`a row of ${row.length} values for ${width} columns`)
      let line = copyTextFromValue(row[0] ?? null)
      for (let index = 1; index < width; index += 1) line += `\t${copyTextFromValue(row[index] ?? null)}`
      chunk += `${line}\n`
      const isFull = chunk.length >= chunkLength
      if (isFull) cut()
      return isFull
    },
    take: () => {
      cut()
      const taken = chunks
      chunks = []
      return taken
    },
  }
}

const copyEscapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/**
 * One cell in COPY's text format (PostgreSQL 18, COPY, "Text Format"). Throws on what has no text form there: a number
 * that is not finite, a string with NUL.
 */
export function copyTextFromValue(value: CopyValue): string {
  if (value === null) return '\\N'
  if (typeof value === 'boolean') return value ? 't' : 'f'
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new RangeError('only a finite number can be copied')
    return String(value)
  }
  const text = typeof value === 'string' ? value : arrayLiteral(value)
  // Nearly no cell needs more than this look.
  if (!/[\\\n\r\t\0]/.test(text)) return text
  if (text.includes('\0')) throw new RangeError('PostgreSQL text holds no NUL')
  return text.replace(/[\\\n\r\t]/g, (character) => copyEscapes[character] ?? character)
}

/** An array literal; every element quoted, so that `NULL`, braces, commas and the empty string stay text. */
function arrayLiteral(items: readonly string[]): string {
  return `{${items.map((item) => `"${item.replace(/["\\]/g, '\\$&')}"`).join(',')}}`
}
