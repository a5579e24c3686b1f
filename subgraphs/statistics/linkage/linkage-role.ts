import { databaseName } from '../../kit/postgres/database-names.ts'

/** The role that counts in a database: it may call functions that give pseudonyms, flags and counts, and nothing else. */
export function linkageRole(subgraph: string): string {
  return `${databaseName(subgraph)}_linkage`
}
