import type { SubgraphDefinition } from '../kit/types.ts'
import { edges } from './edges.ts'
import { keepFresh } from './linkage/keep-fresh.ts'
import { keepMeasured } from './quality/keep-measured.ts'
import * as tables from './tables.ts'

/** Figures across databases, as cells under disclosure control. No row about a person is here. */
const definition: SubgraphDefinition = {
  name: 'statistics',
  owner: 'BNV',
  folder: import.meta.dirname,
  tables: Object.values(tables),
  edges,
  roles: ['statistics_linkage'],
  links: ['catalogue', 'population', 'land', 'health', 'social-security'],
  background: async (services, signal) => {
    await Promise.all([keepFresh(services, signal), keepMeasured(services, signal)])
  },
}

export default definition
