import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { loadYaml } from '../../policy/load-yaml.ts'
import { registry } from '../../subgraphs/registry.ts'
import { openWholeGraph, type WholeGraph } from '../support/whole-graph.ts'

const expectedError = z.strictObject({ path: z.string(), code: z.string() })
const goldenCase = z.strictObject({
  name: z.string(),
  as: z.string(),
  purpose: z.string().optional(),
  case: z.string().optional(),
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).optional(),
  data: z.unknown(),
  errors: z.array(expectedError).default([]),
  masked: z.array(z.strictObject({ path: z.string(), mask: z.string() })).default([]),
  /** What may be sent to subgraphs, in the order of sending. */
  fetches: z.array(z.string()).optional(),
  /** Every line of the disclosure log. */
  log: z.array(z.string()).optional(),
})
const file = z.array(goldenCase).nonempty()

let graph: WholeGraph
beforeAll(async () => {
  graph = await openWholeGraph()
}, 120_000)
afterAll(() => graph.close())

const files = registry
  .map(({ name, folder }) => ({ name, path: join(folder, 'cases.yaml') }))
  .filter(({ path }) => existsSync(path))

describe.each(files)('$name', ({ path, name }) => {
  test.each(loadYaml(file, readFileSync(path, 'utf8'), `${name}/cases.yaml`))('$name', async (one) => {
    const { body, fetches, requestId } = await graph.ask(one)
    expect(body.data).toEqual(one.data)
    const errors = (body.errors ?? []).map((error) => ({
      path: (error.path ?? []).join('.'),
      code: String(error.extensions?.['code']),
    }))
    expect(errors.toSorted(byPath)).toEqual([...one.errors].toSorted(byPath))
    expect((body.extensions?.masked ?? []).map(({ path: at, mask }) => ({ path: at.join('.'), mask }))).toEqual(
      one.masked,
    )
    if (one.fetches !== undefined) expect(fetches).toEqual(one.fetches)
    if (one.log !== undefined) expect(await graph.logOf(requestId)).toEqual([...one.log].toSorted())
  })
})

function byPath(a: { path: string }, b: { path: string }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0
}
