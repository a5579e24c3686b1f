import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Kind, parse } from 'graphql'
import { z } from 'zod'
import { loadYaml } from '../../policy/load-yaml.ts'
import { bilingual } from '../../policy/rule.ts'
import { columnsOf } from './columns-of.ts'

const dataset = z.strictObject({
  id: z.string().regex(/^[a-z]+(-[a-z]+)*$/),
  title: bilingual,
  description: bilingual,
  caution: bilingual.optional(),
  publisher: z.string(),
  theme: z.enum(['ENVI', 'GOVE', 'HEAL', 'REGI', 'SOCI']),
  frequency: z.enum(['DAILY', 'IRREG', 'NEVER']),
  licence: z.enum(['PUBLIC_DOMAIN', 'MIT', 'Apache-2.0']),
  source: z.string().min(1),
  query: z.string(),
})
const file = z.strictObject({
  datasets: z
    .array(dataset)
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'two datasets have one id'),
})

/** How a dataset is asked for: at once, a question a province, or page by page. */
export type Asking = 'ONCE' | 'BY_PROVINCE' | 'BY_PAGE'

/** A published dataset: one question to the graph, and what it is called. */
export type Dataset = z.infer<typeof dataset> & { asking: Asking; columns: readonly string[] }

/** Every dataset of datasets.yaml, by id. Throws with file, line and field of every fault. */
export function loadDatasets(path = join(import.meta.dirname, 'datasets.yaml')): ReadonlyMap<string, Dataset> {
  const { datasets } = loadYaml(file, readFileSync(path, 'utf8'), 'gateway/open-data/datasets.yaml')
  return new Map(
    datasets.map((one) => [one.id, { ...one, asking: askingOf(one.query), columns: columnsOf(one.query) }]),
  )
}

function askingOf(query: string): Asking {
  const variables = parse(query).definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION ? (definition.variableDefinitions ?? []) : [],
  )
  const names = variables.map(({ variable }) => variable.name.value)
  return names.includes('province') ? 'BY_PROVINCE' : names.includes('after') ? 'BY_PAGE' : 'ONCE'
}
