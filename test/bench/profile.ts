/**
 * `node test/bench/profile.ts --only W1`: where the time of a request goes, by what it is for, by file and by function. One
 * workload against this project alone, under V8's sampling profiler.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openStore } from './open-store.ts'
import { profileTables } from './profile-tables.ts'
import { profileWorkload } from './profile-workload.ts'
import { profileTable } from './report.ts'
import { workloads } from './workloads.ts'

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: 'W1' },
    citizens: { type: 'string', default: '20000' },
    seconds: { type: 'string', default: '6' },
    width: { type: 'string', default: '16' },
  },
})
const workload = workloads.find(({ name }) => name === options.only)
if (workload === undefined) throw new Error(`${options.only}: no workload`)

const folder = join(import.meta.dirname, '../../.data/bench')
mkdirSync(folder, { recursive: true })
const store = await openStore(Number(options.citizens))
try {
  const pace = { seconds: Number(options.seconds), width: Number(options.width) }
  const never = new AbortController().signal
  const folders = { folder, dataDir: join(folder, 'ours') }
  const profiled = await profileWorkload(workload, store, folders, pace, never)
  console.log(profileTable(profiled))
  console.log(`\n${profileTables(profiled.profile, profiled.span, profiled.measured.requests)}`)
} finally {
  await store.cluster.close()
}
