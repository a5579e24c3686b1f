import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

/** Runs a script in a Node process of its own; rejects unless it ends with 0. */
async function run(script: string): Promise<string> {
  const url = new URL('stop-signals.ts', import.meta.url).href
  const source = `import { onStopSignals } from '${url}'\nconst drainBy = onStopSignals()\n${script}`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', source])
  return stdout
}

const alive = 'setInterval(() => undefined, 1000)'

test('a process with nothing to drain ends at once', async () => {
  expect(await run(`${alive}; process.kill(process.pid, 'SIGTERM')`)).toBe('')
})

test('a signal that comes while the process is busy getting ready drains what it got ready', async () => {
  const script = `process.kill(process.pid, 'SIGTERM'); drainBy(async () => console.log('drained')); ${alive}`
  expect(await run(script)).toBe('drained\n')
})

test('a second signal does not cut the drain short', async () => {
  const twice = `process.kill(process.pid, 'SIGINT'); process.kill(process.pid, 'SIGTERM')`
  const slow = `async () => { await new Promise((resolve) => setImmediate(resolve)); console.log('drained') }`
  expect(await run(`drainBy(${slow}); ${alive}; ${twice}`)).toBe('drained\n')
})
