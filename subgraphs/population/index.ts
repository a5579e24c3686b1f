import type { SubgraphDefinition } from '../kit/types.ts'
import { edges } from './edges.ts'
import { seed } from './seed.ts'
import * as tables from './tables.ts'

/** The national population database (Luật Căn cước 26/2023/QH15, Điều 9 and 15). */
const definition: SubgraphDefinition = {
  name: 'population',
  owner: 'BCA',
  folder: import.meta.dirname,
  tables: Object.values(tables),
  edges,
  roles: ['population_linkage', 'population_steward', 'population_verifier'],
  seed,
}

export default definition
