import { Counter, Gauge, Registry } from 'prom-client'
import type { Look } from './create-witness.ts'

/** What a witness shows of itself. */
export type WitnessMetrics = { registry: Registry; looked: (look: Look, at: Date) => void; missed: () => void }

/** Metrics of one witness: an alert belongs on `log_witness_refused` above 0 and on the exposed window. */
export function createWitnessMetrics(): WitnessMetrics {
  const registry = new Registry()
  const registers = [registry]
  const exposed = new Gauge({
    name: 'log_exposed_records',
    help: 'The exposed window: records of the log that are not under a witnessed head',
    registers,
  })
  const size = new Gauge({ name: 'log_witnessed_size', help: 'Leaves under the newest witnessed head', registers })
  const lookedAt = new Gauge({ name: 'log_witness_looked_seconds', help: 'When the log was last seen', registers })
  const refused = new Gauge({
    name: 'log_witness_refused',
    help: '1 while the log shows a head that is refused',
    registers,
  })
  const missed = new Counter({ name: 'log_witness_missed_total', help: 'Looks the log did not answer', registers })
  return {
    registry,
    looked: (look, at) => {
      const witnessed = look.head?.size ?? 0
      size.set(witnessed)
      exposed.set(Math.max(0, look.written - witnessed))
      lookedAt.set(at.getTime() / 1000)
      refused.set(look.seen === 'REFUSED' ? 1 : 0)
    },
    missed: () => missed.inc(),
  }
}
