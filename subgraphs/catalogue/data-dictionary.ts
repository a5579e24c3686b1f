import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { loadOrganisations } from '../../identity/organisations.ts'
import { problem } from '../../policy/errors.ts'
import { loadFieldTexts } from '../../schema/field-texts.ts'
import { readDictionary } from '../../schema/read-dictionary.ts'
import { plainPage } from '../kit/plain-page.ts'
import type { Edge, GraphFacts } from '../kit/types.ts'

type Resolve = Extract<Edge, { kind: 'resolve' }>['resolve']

/** One field of the public schema with its entry, class and owner. */
type DictionaryField = ReturnType<typeof dictionaryOf>[number]

const subgraphs = join(import.meta.dirname, '..')
const made = new WeakMap<GraphFacts, readonly DictionaryField[]>()

/** `dictionary`: every field that fits the filters, by coordinate, in pages. */
export const dictionary: Resolve = (_root, args, { gate, services }) => {
  const fits = (field: DictionaryField) =>
    (['database', 'owner', 'level', 'entry'] as const).every((name) => args[name] == null || args[name] === field[name])
  return plainPage(fieldsOf(services.graph).filter(fits), 'Query.dictionary', args, gate)
}

/** `dictionaryField`: the field with this coordinate. Throws NOT_FOUND. */
export const dictionaryField: Resolve = (_root, { coordinate }, { services }) => {
  const found = fieldsOf(services.graph).find((field) => field.coordinate === coordinate)
  if (found === undefined) throw problem('NOT_FOUND', undefined, { coordinate: 'Query.dictionaryField' })
  return { ...found }
}

/** Made once: files and classes stay the same while a process runs. */
function fieldsOf(graph: GraphFacts): readonly DictionaryField[] {
  const fields = made.get(graph) ?? dictionaryOf(graph)
  made.set(graph, fields)
  return fields
}

/** What nothing may be asked of (structure of pages) is left out: it repeats the verdict of the field it belongs to. */
function dictionaryOf({ classes }: GraphFacts) {
  const folders = readdirSync(subgraphs).map((name) => ({ name, folder: join(subgraphs, name) }))
  const { entries } = readDictionary(folders)
  const texts = loadFieldTexts()
  const agencies = loadOrganisations()
  return [...classes.values()]
    .filter(({ coordinate, structure }) => texts.has(coordinate) && !structure)
    .map(({ coordinate, dict, domain, owner, sharing, importance, personal, level }) => {
      const entry = entries.get(dict)
      const text = texts.get(coordinate)
      const agency = agencies.get(owner)
      return {
        coordinate,
        entry: dict,
        name: entry?.name_vi ?? coordinate,
        nameEn: entry?.name_en ?? coordinate,
        definition: text?.vi ?? '',
        definitionEn: text?.en ?? '',
        type: text?.type ?? '',
        database: domain,
        owner,
        ownerName: agency?.vi ?? owner,
        ownerNameEn: agency?.en ?? owner,
        sharing,
        importance,
        personal,
        level,
        law: entry?.law === '' ? null : (entry?.law ?? null),
        source: entry?.source ?? '',
      }
    })
    .toSorted((one, other) => (one.coordinate < other.coordinate ? -1 : 1))
}
