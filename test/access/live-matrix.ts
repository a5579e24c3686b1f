/**
 * `node test/access/live-matrix.ts --requests 10000 [--seed N]`: asks the whole graph, over databases of its own, for
 * fields drawn by persona and purpose, and compares every verdict with the access matrix. Exit 1 where one differs.
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

const { requests, seed } = parseArgs({
  options: { requests: { type: 'string', default: '10000' }, seed: { type: 'string', default: '20261122' } },
}).values
const root = join(import.meta.dirname, '../..')
const { status } = spawnSync(
  join(root, 'node_modules/.bin/vitest'),
  ['run', join(import.meta.dirname, 'live-matrix.test.ts')],
  { cwd: root, stdio: 'inherit', env: { ...process.env, LIVE_REQUESTS: requests, LIVE_SEED: seed } },
)
process.exitCode = status ?? 1
