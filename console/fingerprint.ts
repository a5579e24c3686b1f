import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Changes whenever a source of the page does, or a version it is built with: names the folder of the built page. */
export function fingerprint(folder: string, lockfile: string): string {
  const hash = createHash('sha256')
  const sources = readdirSync(folder, { withFileTypes: true }).filter(
    (one) => one.isFile() && !one.name.includes('.test.'),
  )
  for (const { name } of sources.toSorted((a, b) => (a.name < b.name ? -1 : 1)))
    hash.update(name).update(readFileSync(join(folder, name)))
  return hash.update(readFileSync(lockfile)).digest('hex').slice(0, 16)
}
