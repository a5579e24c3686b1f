import { Gauge, type Registry } from 'prom-client'

/** How far the disclosure log is written, and covered by its newest signed head. */
export type LogExtent = { written: number; headSize: number }

/**
 * Shows the exposed window of the log at each scrape: records that no signed head covers yet. What of it a witness has
 * seen, the witness's own metrics say. Of a log that does not answer it shows nothing.
 */
export function observeLog(registry: Registry, extentOf: () => Promise<LogExtent>): void {
  new Gauge({
    name: 'log_records',
    help: 'Records of the disclosure log: written, signed (under a head), exposed (under none)',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      const extent = await extentOf().catch(() => null)
      this.reset()
      if (extent === null) return
      this.set({ state: 'written' }, extent.written)
      this.set({ state: 'signed' }, extent.headSize)
      this.set({ state: 'exposed' }, extent.written - extent.headSize)
    },
  })
}
