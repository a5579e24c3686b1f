import type { SubgraphDefinition } from '../kit/types.ts'
import { edges } from './edges.ts'
import { seed } from './seed.ts'
import * as tables from './tables.ts'

/** The health database of the Ministry of Health: records, insurance cards, visits, vaccinations, facilities. */
const definition: SubgraphDefinition = {
  name: 'health',
  owner: 'BYT',
  folder: import.meta.dirname,
  tables: Object.values(tables),
  edges,
  roles: ['health_linkage', 'health_steward', 'health_verifier'],
  seed,
}

export default definition
