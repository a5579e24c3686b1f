import { readFileSync } from 'node:fs'
import { loadOrganisations } from '../../identity/organisations.ts'
import { createPurposeRegistry } from '../../policy/purposes.ts'
import type { SubgraphDefinition } from '../kit/types.ts'
import { createEdges } from './edges.ts'
import { relay } from './relay.ts'
import { seed } from './seed.ts'
import * as tables from './tables.ts'

const purposes = createPurposeRegistry(readFileSync(new URL('../../policy/purposes.yaml', import.meta.url), 'utf8'))

/** Consents, guardianships and open cases: what every other database asks before it answers. */
const definition: SubgraphDefinition = {
  name: 'consent',
  owner: 'BCA',
  folder: import.meta.dirname,
  tables: Object.values(tables),
  edges: createEdges({ organisations: loadOrganisations(), purposes }),
  roles: ['consent_reader'],
  seed,
  background: relay,
}

export default definition
