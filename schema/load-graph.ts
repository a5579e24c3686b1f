import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'graphql'
import { classesFromSupergraph } from '../policy/classification/classes-from-supergraph.ts'
import type { Classification } from '../policy/classification/types.ts'
import { listSizes } from './list-sizes.ts'

/** The composed graph as every process of it reads it. */
export type Graph = Pick<Classification, 'classes' | 'arguments' | 'subjects'> & {
  supergraphSdl: string
  /** `Type.field` -> how long its list is taken to be. */
  listSizes: ReturnType<typeof listSizes>
  /** SHA-256 of the supergraph, in hex: gateway and subgraphs must hold the same. */
  schemaHash: string
}

/** Reads schema/supergraph.graphql. Throws where its classes do not hold: such a graph is not served. */
export function loadGraph(file = join(import.meta.dirname, 'supergraph.graphql')): Graph {
  const supergraphSdl = readFileSync(file, 'utf8')
  const document = parse(supergraphSdl, { noLocation: true })
  const { classes, subjects, arguments: argumentClasses, problems } = classesFromSupergraph(document)
  if (problems.length > 0)
    throw new Error(problems.map(({ coordinate, reason }) => `${coordinate}: ${reason}`).join('\n'))
  return {
    supergraphSdl,
    listSizes: listSizes(document),
    classes,
    subjects,
    arguments: argumentClasses,
    schemaHash: createHash('sha256').update(supergraphSdl).digest('hex'),
  }
}
