import { Registry } from 'prom-client'
import { expect, test } from 'vitest'
import { observeLog } from './log-metrics.ts'

test('shows how many records no head covers, and nothing where the log is away', async () => {
  const registry = new Registry()
  const extents = [{ written: 12, headSize: 9 }]
  observeLog(registry, async () => extents.shift() ?? Promise.reject(new Error('away')))
  const shown = (await registry.metrics()).split('\n').filter((line) => line.startsWith('log_'))
  expect(shown).toEqual([
    'log_records{state="written"} 12',
    'log_records{state="signed"} 9',
    'log_records{state="exposed"} 3',
  ])
  expect(await registry.metrics()).not.toMatch(/^log_records/m)
})
