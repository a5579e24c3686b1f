import type { SubgraphDefinition } from '../kit/types.ts'
import { edges } from './edges.ts'
import { seed } from './seed.ts'
import * as tables from './tables.ts'

/** Social insurance (BHXH Việt Nam) and social protection (Bộ Nội vụ). */
const definition: SubgraphDefinition = {
  name: 'social-security',
  owner: 'BHXH',
  folder: import.meta.dirname,
  tables: Object.values(tables),
  edges,
  seed,
}

export default definition
