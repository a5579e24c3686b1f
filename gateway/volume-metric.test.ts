import { Registry } from 'prom-client'
import { expect, test } from 'vitest'
import type { Meter } from '../subgraphs/kit/counting/meter.ts'
import { volumeShares } from '../subgraphs/kit/counting/volume-shares.ts'
import { watchVolume } from './volume-metric.ts'

const meter: Meter = {
  organisation: 'BTP',
  purpose: '',
  caller: '',
  counted: 'SENSITIVE',
  span: 'month',
  stated: 'CIVIL_STATUS',
  limits: { important: 9512, core: 95_125 },
  block: 100,
  alone: 0,
}

test('metrics show an organisation, never one of its people, as a share of the first threshold', async () => {
  const registry = new Registry()
  const known = [
    { meter, total: 4756 },
    { meter: { ...meter, caller: 'BCDF-GHKL-MNPR-TVXZ', purpose: 'CIVIL_STATUS' }, total: 4000 },
    { meter: { ...meter, counted: 'PERSONS', caller: 'X' } as Meter, total: 12 },
  ]
  watchVolume(registry, () => volumeShares(known))
  const text = await registry.metrics()
  expect(text).toContain('graph_volume_used_ratio{organisation="BTP",purpose="",class="SENSITIVE"} 0.5')
  expect(text).not.toContain('BCDF')
})
