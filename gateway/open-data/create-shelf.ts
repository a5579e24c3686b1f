import { createHash } from 'node:crypto'
import { csvText } from './csv-text.ts'
import type { Dataset } from './datasets.ts'
import { gatherRows, type AskOpenly } from './gather-rows.ts'

/** The forms a dataset is downloaded in. */
export const formats = ['csv', 'json'] as const
export type Format = (typeof formats)[number]

/** A file as it is sent, with its strong validator (RFC 9110 §8.8.3). */
export type Download = { bytes: Buffer; etag: string }

/** Downloads that are made once for everybody. */
export type Shelf = { get: (dataset: Dataset, format: Format) => Promise<Download> }

/**
 * Files of the datasets, asked of the graph when they are wanted and kept for `keptMs`; however many want one at a time, it
 * is asked for once. A failure is not kept: whoever comes next asks again.
 */
export function createShelf(ask: AskOpenly, keptMs: number, now: () => number = () => performance.now()): Shelf {
  const kept = new Map<string, { files: Promise<Record<Format, Download>>; until: number }>()
  return {
    get: async (dataset, format) => {
      const known = kept.get(dataset.id)
      if (known !== undefined && now() < known.until) return (await known.files)[format]
      const files = filesOf(dataset, ask)
      const made = { files, until: now() + keptMs }
      kept.set(dataset.id, made)
      await files.catch(() => kept.get(dataset.id) === made && kept.delete(dataset.id))
      return (await files)[format]
    },
  }
}

async function filesOf(dataset: Dataset, ask: AskOpenly): Promise<Record<Format, Download>> {
  const { id, title, caution, source, columns } = dataset
  const rows = (await gatherRows(dataset, ask)).map((row) => columns.map((column) => row[column] ?? null))
  const objects = rows.map((cells) => Object.fromEntries(columns.map((column, index) => [column, cells[index]])))
  const about = { dataset: id, title, ...(caution === undefined ? {} : { caution }), source, columns }
  return {
    csv: download(csvText(columns, rows)),
    json: download(JSON.stringify({ ...about, rows: objects })),
  }
}

/** A text as it is sent. */
export function download(text: string): Download {
  const bytes = Buffer.from(text)
  return { bytes, etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"` }
}
