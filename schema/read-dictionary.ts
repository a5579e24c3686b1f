import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Problem } from '../policy/classification/types.ts'
import { rowsFromCsv } from '../synthetic/csv.ts'

const columns = ['id', 'name_vi', 'name_en', 'type', 'law', 'source'] as const

/** An entry of the data dictionary. Ids are the project's own (`x-…`): the official list was not found. */
export type DictionaryEntry = Readonly<Record<(typeof columns)[number], string>>

/** The dictionary as it was read, by id, and what is wrong with it. */
export type Dictionary = { entries: ReadonlyMap<string, DictionaryEntry>; problems: readonly Problem[] }

/**
 * Merges schema/dictionary.csv (`x-core.…`) and each subgraph's own dictionary.csv (`x-<subgraph>.…`). Throws where a
 * file can't be read as CSV; everything else that is wrong is a problem with the id as its coordinate.
 */
export function readDictionary(subgraphs: readonly { name: string; folder: string }[]): Dictionary {
  const sources = [{ prefix: 'x-core.', file: join(import.meta.dirname, 'dictionary.csv') }].concat(
    subgraphs.map(({ name, folder }) => ({ prefix: `x-${name}.`, file: join(folder, 'dictionary.csv') })),
  )
  const found = sources
    .filter(({ file }) => existsSync(file))
    .flatMap(({ prefix, file }) =>
      rowsFromCsv(readFileSync(file, 'utf8')).map((row) => ({ prefix, entry: entryFrom(row) })),
    )
  const repeated = [...Map.groupBy(found, ({ entry }) => entry.id)].filter(([, rows]) => rows.length > 1)
  return {
    entries: new Map(found.map(({ entry }) => [entry.id, entry])),
    problems: [
      ...found.flatMap(({ prefix, entry }) =>
        faultsOf(prefix, entry).map((reason) => ({ coordinate: entry.id, reason })),
      ),
      ...repeated.map(([id, rows]) => ({
        coordinate: id,
        reason: `stands ${rows.length} times in the data dictionary`,
      })),
    ],
  }
}

function entryFrom(row: Readonly<Record<string, string>>): DictionaryEntry {
  const [id, name_vi, name_en, type, law, source] = columns.map((column) => row[column] ?? '') as [
    ...[string, string, string, string, string, string],
  ]
  return { id, name_vi, name_en, type, law, source }
}

function faultsOf(prefix: string, entry: DictionaryEntry): readonly string[] {
  const empty = (['name_vi', 'name_en', 'type', 'source'] as const).filter((column) => entry[column] === '')
  return [
    ...(/^x-[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(entry.id) ? [] : ['is no dictionary id: kebab-case parts with dots']),
    ...(entry.id.startsWith(prefix) ? [] : [`stands in the dictionary of ${prefix}…`]),
    ...empty.map((column) => `has no ${column} in the data dictionary`),
  ]
}
