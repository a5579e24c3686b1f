/**
 * `node test/bench/prepare.ts [CITIZENS [HISTORY]]`: makes the databases of a measurement ahead of it. A million citizens
 * take half an hour, and so do ten million consents and records.
 */
import { openStore } from './open-store.ts'

const [citizens = '20000', history = '0'] = process.argv.slice(2)
const begun = performance.now()
const { cluster } = await openStore(Number(citizens), Number(history))
await cluster.close()
console.log(`${cluster.dir} is ready, after ${((performance.now() - begun) / 1000).toFixed(0)} s`)
