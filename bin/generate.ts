import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { clientTypes } from '../schema/client-types.ts'
import { generatedFiles } from '../schema/generated-files.ts'
import { proceduresReference } from '../subgraphs/catalogue/procedures/procedures-reference.ts'
import { registry } from '../subgraphs/registry.ts'

/**
 * `npm run generate` writes every generated file; with `--check` it writes none, names those that differ and exits 1.
 * A schema that doesn't compose is told with all its problems, and nothing is written.
 */
const root = join(import.meta.dirname, '..')
const isCheck = process.argv.includes('--check')

try {
  const schema = generatedFiles(registry)
  const apiSdl = schema.get('schema/api.graphql') ?? ''
  const client = await clientTypes(apiSdl)
  const supergraphSdl = schema.get('schema/supergraph.graphql') ?? ''
  const procedures = proceduresReference({ apiSdl, supergraphSdl }, registry)
  const stale = [...schema, ...client, ['docs/reference/procedures.md', procedures] as const].filter(
    ([path, text]) => current(join(root, path)) !== text,
  )
  for (const [path, text] of stale) {
    console.error(isCheck ? `out of date: ${path} (npm run generate)` : `wrote ${path}`)
    if (!isCheck) write(join(root, path), text)
  }
  if (isCheck && stale.length > 0) process.exitCode = 1
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

function current(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}
