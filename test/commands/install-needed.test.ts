import { spawnSync } from 'node:child_process'
import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

let project: string

beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), 'install-needed-'))
  await mkdir(join(project, 'bin'))
  await copyFile(join(import.meta.dirname, '../../bin/install-needed.sh'), join(project, 'bin/install-needed.sh'))
  await writeFile(join(project, 'package-lock.json'), '{}')
  // An npm that notes what it was asked for, talks on stdout as npm does, and fails at what `npm-fails` names.
  await writeFile(
    join(project, 'bin/npm'),
    `#!/bin/sh
echo "$1" >> "$PWD/asked"
echo 'added 871 packages'
grep -qx "$1" "$PWD/npm-fails" 2>/dev/null && exit 1
mkdir -p node_modules && touch node_modules/.package-lock.json`,
  )
  await chmod(join(project, 'bin/npm'), 0o755)
})

afterEach(() => rm(project, { recursive: true }))

function install(): { status: number | null; stdout: string; stderr: string } {
  return spawnSync('sh', [join(project, 'bin/install-needed.sh')], {
    cwd: '/',
    encoding: 'utf8',
    env: { PATH: `${join(project, 'bin')}:${process.env['PATH'] ?? ''}` },
  })
}

async function asked(): Promise<string[]> {
  return (await readFile(join(project, 'asked'), 'utf8').catch(() => '')).split('\n').filter((line) => line !== '')
}

test('a fresh clone is installed from the lockfile, once, and stdout stays empty', async () => {
  expect(install()).toMatchObject({ status: 0, stdout: '', stderr: expect.stringContaining('Installing') })
  expect(install()).toEqual(expect.objectContaining({ status: 0, stdout: '', stderr: '' }))
  expect(await asked()).toEqual(['ci'])
})

test('a lockfile that npm ci finds fault with is installed all the same', async () => {
  await writeFile(join(project, 'npm-fails'), 'ci\n')
  expect(install().status).toBe(0)
  expect(await asked()).toEqual(['ci', 'install'])
})

test('a lockfile younger than the modules is installed over them, not in their place', async () => {
  install()
  const later = new Date(Date.now() + 60_000)
  await utimes(join(project, 'package-lock.json'), later, later)
  install()
  expect(await asked()).toEqual(['ci', 'install'])
})

test('a failed installation fails the command, and the next one tries again', async () => {
  await writeFile(join(project, 'npm-fails'), 'ci\ninstall\n')
  expect(install().status).not.toBe(0)
  await rm(join(project, 'npm-fails'))
  expect(install().status).toBe(0)
  expect(await asked()).toEqual(['ci', 'install', 'ci'])
})
