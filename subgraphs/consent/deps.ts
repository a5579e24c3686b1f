import type { Organisation } from '../../identity/organisations.ts'
import type { PurposeRegistry } from '../../policy/purposes.ts'

/** What the consent subgraph has to know of the world outside its database. */
export type ConsentDeps = {
  organisations: ReadonlyMap<string, Organisation>
  purposes: PurposeRegistry
}
