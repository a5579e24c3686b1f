import * as databases from './index.ts'
import type { SubgraphDefinition } from './kit/types.ts'

/** Every connected database, by name. */
export const registry: readonly SubgraphDefinition[] = Object.values(databases).toSorted((one, other) =>
  one.name < other.name ? -1 : 1,
)
