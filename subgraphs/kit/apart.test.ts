import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { createApart, createKept } from './apart.ts'

const folder = mkdtempSync(join(tmpdir(), 'apart-'))
afterAll(() => rmSync(folder, { recursive: true }))

function fileOf(body: string): URL {
  const file = join(folder, `${body.length}.mjs`)
  writeFileSync(file, `import { parentPort, workerData } from 'node:worker_threads'\n${body}`)
  return pathToFileURL(file)
}

describe('a thread apart', () => {
  it('brings back what its file makes of a job', async () => {
    const double = createApart<number, number>(fileOf('parentPort.postMessage(workerData * 2)'))
    await expect(Promise.all([double(1), double(2)])).resolves.toEqual([2, 4])
  })

  it('rejects where the file fails or says nothing, and takes the next job all the same', async () => {
    const picky = createApart<string, string>(
      fileOf(
        `if (workerData === 'bad') throw new Error('no'); if (workerData !== 'mute') parentPort.postMessage(workerData)`,
      ),
    )
    const jobs = await Promise.allSettled(['bad', 'mute', 'good'].map((job) => picky(job)))
    expect(jobs.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled'])
  })
})

describe('what is kept', () => {
  it('is made once for all who ask for it, and each gets a copy', async () => {
    const kept = createKept<{ made: number }>(1)
    let made = 0
    const make = async () => ({ made: (made += 1) })
    const [one, two] = await Promise.all([kept('a', make), kept('a', make)])
    expect([one, two, made]).toEqual([{ made: 1 }, { made: 1 }, 1])
    expect(one).not.toBe(two)
  })

  it('is made again once it fell out, or failed', async () => {
    const kept = createKept<number>(1)
    await kept('a', async () => 1)
    await kept('b', async () => 2)
    expect(await kept('a', async () => 3)).toBe(3)
    await expect(kept('c', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(await kept('c', async () => 4)).toBe(4)
  })
})
