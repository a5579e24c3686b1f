import type { SubgraphDefinition } from '../kit/types.ts'
import { edges } from './edges.ts'
import { seed } from './seed.ts'
import * as tables from './tables.ts'

const { communePeriod: _sameTypeInCommunes, ...perType } = tables

/** Shared catalogues: units, codes and types that everybody may read. */
const definition: SubgraphDefinition = {
  name: 'catalogue',
  owner: 'BNV',
  folder: import.meta.dirname,
  tables: Object.values(perType),
  edges,
  roles: ['catalogue_linkage'],
  seed,
}

export default definition
