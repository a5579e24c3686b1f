import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SubgraphDocument } from '../policy/classification/types.ts'
import { subgraphSdl } from '../subgraphs/kit/sdl.ts'

/** What a subgraph definition gives to composition; `types` stands for its schema.graphql where it is given. */
export type Composable = { name: string; folder: string; types?: string }

/** A subgraph's whole SDL, from the types its folder declares. Throws where there are none or they aren't SDL. */
export function subgraphDocument({ name, folder, types }: Composable): SubgraphDocument {
  return { name, document: subgraphSdl(types ?? readFileSync(join(folder, 'schema.graphql'), 'utf8'), name) }
}
