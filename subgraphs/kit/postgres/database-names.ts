import type { SubgraphDefinition } from '../types.ts'

/** Name of a subgraph's database. */
export function databaseName(subgraph: string): string {
  return subgraph.replaceAll('-', '_')
}

/** Role that a subgraph serves with. */
export function appRole(subgraph: string): string {
  return `${databaseName(subgraph)}_app`
}

/** Role that may ask a subgraph's database whether claims agree, and nothing else. */
export function verifierRole(subgraph: string): string {
  return `${databaseName(subgraph)}_verifier`
}

/** All roles of a subgraph's database. */
export function rolesOf({ name, roles = [] }: Pick<SubgraphDefinition, 'name' | 'roles'>): string[] {
  return [appRole(name), ...roles]
}
