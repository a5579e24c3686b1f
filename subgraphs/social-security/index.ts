import type { SubgraphDefinition } from '../kit/types.ts'
import { edges } from './edges.ts'
import { seed } from './seed.ts'
import * as tables from './tables.ts'

const { lastEmployer: _sameTypeInCases, ...perType } = tables

/** Social insurance (BHXH Việt Nam) and social protection (Bộ Nội vụ). */
const definition: SubgraphDefinition = {
  name: 'social-security',
  owner: 'BHXH',
  folder: import.meta.dirname,
  tables: Object.values(perType),
  edges,
  roles: ['social_security_linkage', 'social_security_steward'],
  seed,
}

export default definition
