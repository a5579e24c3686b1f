import type { SubgraphDefinition } from '../types.ts'

/** Name of a subgraph's database. */
export function databaseName(subgraph: string): string {
  return subgraph.replaceAll('-', '_')
}

/** Role that a subgraph serves with. */
export function appRole(subgraph: string): string {
  return `${databaseName(subgraph)}_app`
}

/** All roles of a subgraph's database. */
export function rolesOf({ name, roles = [] }: Pick<SubgraphDefinition, 'name' | 'roles'>): string[] {
  return [appRole(name), ...roles]
}
