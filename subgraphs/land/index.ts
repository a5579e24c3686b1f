import type { SubgraphDefinition } from '../kit/types.ts'
import { edges } from './edges.ts'
import { seed } from './seed.ts'
import * as tables from './tables.ts'

/** The national land register: parcels, rights, certificates, restrictions, changes. */
const definition: SubgraphDefinition = {
  name: 'land',
  owner: 'BNNMT',
  folder: import.meta.dirname,
  tables: Object.values(tables),
  edges,
  roles: ['land_linkage', 'land_steward', 'land_verifier'],
  seed,
}

export default definition
