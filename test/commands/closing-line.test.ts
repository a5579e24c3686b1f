import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

// A vitest within a vitest: on a busy machine it takes its time.
vi.setConfig({ testTimeout: 120_000 })

const root = join(import.meta.dirname, '../..')
let folder: string

beforeEach(async () => {
  // Inside the project, so that `vitest` resolves.
  folder = await mkdtemp(join(root, 'node_modules/.closing-line-'))
  const reporter = JSON.stringify(join(root, 'test/support/closing-line.ts'))
  await writeFile(
    join(folder, 'vitest.config.mjs'),
    `export default { test: { root: ${JSON.stringify(folder)}, reporters: ['default', ${reporter}],
      include: ['*.test.mjs'], exclude: [], experimental: { viteModuleRunner: false } } }`,
  )
})

afterEach(() => rm(folder, { recursive: true }))

async function run(
  files: Readonly<Record<string, string>>,
): Promise<{ status: number | null; lastLine: string | undefined }> {
  for (const [name, body] of Object.entries(files)) {
    await writeFile(join(folder, name), `import { expect, test } from 'vitest'\n${body}`)
  }
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const args = [vitest, 'run', '--config', join(folder, 'vitest.config.mjs')]
  const { status, stdout } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] },
  })
  return { status, lastLine: stdout.trimEnd().split('\n').at(-1) }
}

const good = "test('good', () => expect(1).toBe(1))\n"

test('counts what passed, failed and was skipped', async () => {
  const body = `${good}test('bad', () => expect(1).toBe(2))\ntest.skip('later', () => {})`
  expect(await run({ 'a.test.mjs': body, 'b.test.mjs': good })).toEqual({
    status: 1,
    lastLine: '2 passed, 1 failed, 1 skipped',
  })
})

test('a run in which all passed ends with 0 failed', async () => {
  expect(await run({ 'a.test.mjs': good })).toEqual({ status: 0, lastLine: '1 passed, 0 failed, 0 skipped' })
})

test.each([
  ['a file that can not be loaded', "import './missing.mjs'"],
  ['a rejection nobody handled', `${good}Promise.reject(new Error('lost'))`],
  [
    'a hook that fails after the tests',
    `import { afterAll } from 'vitest'\n${good}afterAll(() => { throw new Error('late') })`,
  ],
])('%s is never 0 failed', async (_name, body) => {
  const { status, lastLine } = await run({ 'a.test.mjs': body, 'b.test.mjs': good })
  expect(status).not.toBe(0)
  expect(lastLine).toMatch(/^[12] passed, 1 failed, 0 skipped$/)
})
