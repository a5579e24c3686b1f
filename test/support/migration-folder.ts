import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder with `migrations/` of these files, for tests of what migrates. */
export async function migrationFolder(files: Readonly<Record<string, string>>): Promise<{
  folder: string
  migrations: string
  write: (name: string, sql: string) => Promise<void>
  remove: () => Promise<void>
}> {
  const folder = await mkdtemp(join(tmpdir(), 'migrations-'))
  const migrations = join(folder, 'migrations')
  await mkdir(migrations)
  const write = (name: string, sql: string): Promise<void> => writeFile(join(migrations, name), sql)
  for (const [name, sql] of Object.entries(files)) await write(name, sql)
  return { folder, migrations, write, remove: () => rm(folder, { recursive: true, force: true }) }
}
