import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

/** What `node bin/new-secrets.ts` prints, by name. */
export function newSecrets(): Readonly<Record<string, string>> {
  const root = join(import.meta.dirname, '../..')
  const lines = execFileSync(process.execPath, ['bin/new-secrets.ts'], { cwd: root, encoding: 'utf8' })
    .trim()
    .split('\n')
  return Object.fromEntries(
    lines.map((line): [string, string] => {
      const end = line.indexOf('=')
      return [line.slice(0, end), line.slice(end + 1)]
    }),
  )
}
