import type { SubgraphDefinition } from '../kit/types.ts'
import { edges } from './edges.ts'

/** Relay's `node(id:)` over all databases. It has none of its own: no tables, no migrations, no rows. */
const definition: SubgraphDefinition = { name: 'node', owner: 'BCA', folder: import.meta.dirname, tables: [], edges }

export default definition
