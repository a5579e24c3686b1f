import { join, relative } from 'node:path'
import { errorsReference } from '../policy/errors-reference.ts'
import { loadPolicy } from '../policy/load-policy.ts'
import { accessMatrix } from '../policy/review/access-matrix.ts'
import { callerClasses } from '../policy/review/caller-classes.ts'
import { matrixCsv } from '../policy/review/matrix-csv.ts'
import type { FieldClass } from '../policy/types.ts'
import { nodeSdl } from '../subgraphs/node/node-sdl.ts'
import { composeSupergraph, generatedHeader } from './compose.ts'
import { dictionaryCsv } from './dictionary-csv.ts'
import { subgraphDocument } from './subgraph-document.ts'
import type { Composable } from './subgraph-document.ts'

/**
 * Every generated file of the schema by its path from the project's root, with its text: the same registry gives the
 * same bytes. Throws the composition's error.
 */
export function generatedFiles(definitions: readonly Composable[]): ReadonlyMap<string, string> {
  const others = definitions.filter(({ name }) => name !== 'node')
  const types = generatedHeader + nodeSdl(others.map((definition) => subgraphDocument(definition)))
  const node = definitions.find(({ name }) => name === 'node')
  const composed = composeSupergraph(node ? [...others, { ...node, types }] : others)
  const root = join(import.meta.dirname, '..')
  return new Map([
    ...(node ? [[join(relative(root, node.folder), 'schema.graphql'), types] as const] : []),
    ['schema/supergraph.graphql', composed.supergraphSdl],
    ['schema/api.graphql', composed.apiSdl],
    ['docs/reference/dictionary.csv', dictionaryCsv(composed)],
    ['docs/reference/errors.md', errorsReference()],
    ['docs/reference/access.csv', accessCsv(composed.classes)],
  ])
}

/** Who may read what under the rules in force: a change that widens access shows in the diff of this file. */
function accessCsv(classes: ReadonlyMap<string, FieldClass>): string {
  const { rules, purposes } = loadPolicy()
  return matrixCsv(accessMatrix(rules.rules, classes, callerClasses(purposes)))
}
