import { expect, test } from 'vitest'
import { loadGraph } from '../../schema/load-graph.ts'
import { loadPolicy } from '../load-policy.ts'
import { bundleFromTexts } from './bundle-from-texts.ts'
import { bundleJson } from './bundle-json.ts'
import { loadBundle } from './load-bundle.ts'

const texts = { rules: loadPolicy().rules.text, schema: loadGraph().supergraphSdl }

test('a bundle read from the texts that the log archives says what the files say, but for what is not archived', () => {
  const { organisations, invariants, figures, ...whole } = bundleJson(loadBundle())
  const read = bundleJson(bundleFromTexts(texts))
  expect(read).toMatchObject(whole)
  const isArchived = (figure: unknown) => !(figure as { name: string }).name.startsWith('anomalies.')
  expect(read['figures']).toEqual(figures?.filter(isArchived))
  expect([read['organisations'], read['invariants']]).toEqual([[], []])
  expect(organisations?.length).toBeGreaterThan(0)
  expect(invariants?.length).toBeGreaterThan(0)
})

test('a bundle from before people were counted has no figures; what is no bundle throws', () => {
  const [rules, beside] = JSON.parse(texts.rules) as [unknown, string]
  const early = JSON.stringify([rules, beside.split('\0')[0]])
  expect(bundleFromTexts({ ...texts, rules: early }).figures.size).toBe(0)
  expect(() => bundleFromTexts({ ...texts, rules: '[]' })).toThrow()
  expect(() => bundleFromTexts({ ...texts, schema: 'type Query { open: String }' })).toThrow()
})
