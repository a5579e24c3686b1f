import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { readIfThere } from '../../subgraphs/kit/postgres/private-file.ts'

/** Removes a data directory, and what went elsewhere because the database can't enter the project's folder. */
export async function removeDataDir(dataDir: string): Promise<void> {
  const shelter = (await readIfThere(join(dataDir, 'secrets', 'postgres-location')))?.trim()
  if (shelter?.startsWith('/var/tmp/vn-national-graph-')) await rm(shelter, { recursive: true, force: true })
  await rm(dataDir, { recursive: true, force: true })
}
