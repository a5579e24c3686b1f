/** `node test/bench/prepare.ts [CITIZENS]`: makes the databases of a measurement ahead of it; a million take half an hour. */
import { openStore } from './open-store.ts'

const begun = performance.now()
const { cluster } = await openStore(Number(process.argv[2] ?? 20_000))
await cluster.close()
console.log(`${cluster.dir} is ready, after ${((performance.now() - begun) / 1000).toFixed(0)} s`)
