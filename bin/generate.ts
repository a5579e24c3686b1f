import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { errorsReference } from '../policy/errors-reference.ts'
import { clientTypes } from '../schema/client-types.ts'
import { generatedFiles } from '../schema/generated-files.ts'
import { registry } from '../subgraphs/registry.ts'

/**
 * `npm run generate` writes every generated file; with `--check` it writes none, names those that differ and exits 1.
 */
const root = join(import.meta.dirname, '..')
const isCheck = process.argv.includes('--check')
const schema = generatedFiles(registry)
const client = await clientTypes(schema.get('schema/api.graphql') ?? '')
const reference = [['docs/reference/errors.md', errorsReference()]] as const
const stale = [...schema, ...client, ...reference].filter(([path, text]) => current(join(root, path)) !== text)

for (const [path, text] of stale) {
  console.error(isCheck ? `out of date: ${path} (npm run generate)` : `wrote ${path}`)
  if (isCheck) continue
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}
if (isCheck && stale.length > 0) process.exitCode = 1

function current(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}
