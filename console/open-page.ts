import { spawn } from 'node:child_process'
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { setPriority } from 'node:os'
import { join } from 'node:path'
import { fingerprint } from './fingerprint.ts'

/** The built page, as far as it is there. */
export type OpenPage = {
  /** Null while it is being built, and where that failed. */
  folder: () => string | null
  /** True once it is there; false where it could not be built. */
  ready: Promise<boolean>
  /** Stops a build that is still running; the end of this process does so too. */
  close: () => void
}

const root = join(import.meta.dirname, '..')

/**
 * Finds the page built from these very sources, or builds it beside the running server in a few seconds. The folder
 * appears whole or not at all, so two servers that start at once do each other no harm; older pages are removed.
 */
export function openPage(dist: string = join(root, 'console/dist')): OpenPage {
  const name = fingerprint(join(root, 'console/page'), join(root, 'package-lock.json'))
  const folder = join(dist, name)
  const isThere = () => existsSync(join(folder, 'index.html'))
  const folderIfThere = () => (isThere() ? folder : null)
  if (isThere()) return { folder: folderIfThere, ready: Promise.resolve(true), close: () => {} }

  const draft = join(dist, `.${name}-${process.pid}`)
  const child = spawn(process.execPath, [join(root, 'console/build-page.ts'), draft], { stdio: 'ignore' })
  // The databases are being filled at the same time, and matter more.
  if (child.pid !== undefined) setPriority(child.pid, 10)
  const close = () => void child.kill()
  process.once('exit', close)
  const ready = new Promise<boolean>((resolve) => {
    child.once('error', () => resolve(false))
    child.once('exit', (code) => resolve(code === 0 && publish(draft, folder, dist)))
  }).finally(() => process.off('exit', close))
  return { folder: folderIfThere, ready, close }
}

function publish(draft: string, folder: string, dist: string): boolean {
  try {
    if (!existsSync(folder)) renameSync(draft, folder)
    const others = readdirSync(dist).filter((name) => join(dist, name) !== folder && !isBeingBuilt(name))
    for (const name of others) rmSync(join(dist, name), { recursive: true, force: true })
    return true
  } catch {
    return false
  }
}

/** True for the draft of a process that still lives. */
function isBeingBuilt(name: string): boolean {
  const pid = Number(/^\.\w+-(\d+)$/.exec(name)?.[1])
  try {
    return pid !== process.pid && process.kill(pid, 0)
  } catch {
    return false
  }
}
