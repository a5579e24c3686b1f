import { join } from 'node:path'
import { newSecret, readIfThere, writePrivateFile } from './private-file.ts'

/** The passwords of these roles, made at random where missing and kept in `secrets/database-roles.json` (0600). */
export async function rolePasswords(dataDir: string, roles: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const file = join(dataDir, 'secrets', 'database-roles.json')
  const kept = JSON.parse((await readIfThere(file)) ?? '{}') as Record<string, string>
  const missing = roles.filter((role) => !Object.hasOwn(kept, role))
  const passwords = { ...kept, ...Object.fromEntries(missing.map((role) => [role, newSecret()])) }
  if (missing.length > 0) await writePrivateFile(file, `${JSON.stringify(passwords, null, 2)}\n`)
  return new Map(Object.entries(passwords))
}
