import { Gauge, type Registry } from 'prom-client'

/** Where a meter of this process stands: `share` of the first threshold that was read. */
export type VolumeShare = { organisation: string; purpose: string; personalClass: string; share: number }

/** Shows how much of its first threshold each organisation has used, as this process last heard; from 0.5 on is a warning. */
export function watchVolume(registry: Registry, shares: () => readonly VolumeShare[]): void {
  const gauge: Gauge = new Gauge({
    name: 'graph_volume_used_ratio',
    help: 'People read by an organisation within 365 days, as a share of the first threshold of QD 20/2025/QD-TTg',
    labelNames: ['organisation', 'purpose', 'class'],
    registers: [registry],
    collect: () => {
      gauge.reset()
      for (const { organisation, purpose, personalClass, share } of shares())
        gauge.set({ organisation, purpose, class: personalClass }, share)
    },
  })
}
