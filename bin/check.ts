import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

/**
 * `npm run check`: everything that can be known without running the system. Each step is told by its result, one that
 * failed by its output too; the last line counts them.
 */
const steps: readonly (readonly [name: string, command: string, ...args: string[]])[] = [
  ['types', 'tsc', '--project', 'tsconfig.json'],
  ['types of the page', 'tsc', '--project', 'console/page'],
  ['lint', 'oxlint'],
  ['format', 'oxfmt', '--check', '.'],
  ['unused files, exports and dependencies', 'knip'],
  ['schema lint', 'eslint', '--no-warn-ignored', 'subgraphs/*/schema.graphql'],
  ['generated files are up to date', 'node', 'bin/generate.ts', '--check'],
  ['nothing opened that no decision record names', 'node', 'bin/access.ts', 'check-no-new-access'],
  ['rules are approved by two people', 'node', 'bin/access.ts', 'approve', '--check'],
  ['statements hold over the whole space', 'node', 'bin/access.ts', 'invariants'],
  ['every field and rule is covered', 'node', 'bin/access.ts', 'coverage'],
]

const root = join(import.meta.dirname, '..')
const env = { ...process.env, PATH: `${join(root, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}` }
let failed = 0
for (const [name, command, ...args] of steps) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: root, env, encoding: 'utf8' })
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name}`)
  if (status === 0) continue
  failed += 1
  console.log([stdout, stderr, error?.message].filter((text) => text).join('\n'))
}
console.log(`${steps.length - failed} passed, ${failed} failed, 0 skipped`)
if (failed > 0) process.exitCode = 1
