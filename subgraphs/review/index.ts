import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createPurposeRegistry } from '../../policy/purposes.ts'
import type { SubgraphDefinition } from '../kit/types.ts'
import { createEdges } from './edges.ts'

const purposes = createPurposeRegistry(readFileSync(join(import.meta.dirname, '../../policy/purposes.yaml'), 'utf8'))

/** Who may read what, and why: the rules in force as data. It has no database and no row about anybody. */
const definition: SubgraphDefinition = {
  name: 'review',
  owner: 'BCA',
  folder: import.meta.dirname,
  tables: [],
  edges: createEdges(purposes),
}

export default definition
