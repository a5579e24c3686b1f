/**
 * `node test/bench/profile.ts --only W1`: where the time of a request goes. One workload against this project alone, under
 * V8's sampling profiler and PostgreSQL's own count of statements.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openOwnCluster } from '../support/own-cluster.ts'
import { createSender, measure } from './measure.ts'
import { openOurs } from './open-ours.ts'
import { choosePeople } from './people.ts'
import { profileFolder, profileTables } from './profile-tables.ts'
import { withChildren } from './process-usage.ts'
import { createRequests } from './requests.ts'
import { seedConsents } from './seed-consents.ts'
import { workloads } from './workloads.ts'

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: 'W1' },
    citizens: { type: 'string', default: '20000' },
    seconds: { type: 'string', default: '6' },
    width: { type: 'string', default: '16' },
  },
})
const seconds = Number(options.seconds)
const width = Number(options.width)
const workload = workloads.find(({ name }) => name === options.only)
if (workload === undefined) throw new Error(`${options.only}: no workload`)

const folder = join(import.meta.dirname, '../../.data/bench')
mkdirSync(folder, { recursive: true })
const cluster = await openOwnCluster(Number(options.citizens), `/var/tmp/vn-national-graph-bench/${options.citizens}`)
try {
  await seedConsents(cluster)
  const people = await choosePeople(cluster)
  const profiles = profileFolder(join(folder, 'profile'))
  const ours = await openOurs(cluster, folder, ['--cpu-prof', `--cpu-prof-dir=${profiles}`])
  const requestOf = await createRequests(ours.dataDir, people)
  const send = createSender(ours.url, width)
  const ask = async (connection: number, n: number): Promise<string | null> => {
    const { text } = await send(...requestOf(workload, true, connection * 6 + n, n * 13 + connection))
    return text.includes('"data"') && !text.includes('"errors"') ? null : text
  }
  const common = { width, own: [ours.pid], database: () => withChildren(cluster.pid()) }
  await measure(ask, { ...common, seconds: 3 })
  const measured = await measure(ask, { ...common, seconds })
  await ours.close()
  console.log(profileTables(profiles, seconds, measured.requests))
  console.log(JSON.stringify(measured))
} finally {
  await cluster.close()
}
