import type { SubgraphDefinition } from '../kit/types.ts'
import { edges } from './edges.ts'
import { runMetering } from './metering/run-metering.ts'
import { runSequencer } from './run-sequencer.ts'
import { runSettling } from './settle-leases.ts'
import * as tables from './tables.ts'

/** The disclosure log: who asked for what, why, and with which verdict; for the citizen and for the reviewer. */
const definition: SubgraphDefinition = {
  name: 'oversight',
  owner: 'BCA',
  folder: import.meta.dirname,
  tables: Object.values(tables),
  edges,
  roles: ['oversight_writer', 'oversight_sequencer', 'oversight_keeper', 'oversight_controller', 'oversight_registrar'],
  background: async ({ pool: reader, poolAs, counts, clock, keys, report }, signal) => {
    const pool = poolAs?.('oversight_sequencer')
    const writer = poolAs?.('oversight_writer')
    if (pool === undefined || writer === undefined) return
    await Promise.all([
      runSequencer({ pool, clock, signer: keys.signing, ...(report && { report }) }, signal),
      runMetering(pool, signal),
      runSettling({ reader, writer, volume: counts.figures, clock }, signal),
    ])
    await Promise.all([pool.end(), writer.end()])
  },
}

export default definition
