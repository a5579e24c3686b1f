import { execFile } from 'node:child_process'
import { chown, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { ownerOf } from './server-account.ts'
import type { Place } from './place-cluster.ts'
import { startRefused } from './start-refused.ts'

/** All that PostgreSQL's programs see of our environment: our keys are none of their business. */
export const serverEnvironment = { LC_ALL: 'C', PATH: '/usr/bin:/bin' }

/**
 * Makes the cluster if there is none: UTF-8, the locale C.UTF-8 (Unicode case, code point order, and an index that
 * serves prefixes; Vietnamese order is asked for with `collate "vi-x-icu"`), checksums, and passwords by SCRAM for
 * everybody. An interrupted attempt leaves a draft beside it, never half a cluster.
 */
export async function initCluster({ clusterDir, nativeDir, account }: Place, password: string): Promise<boolean> {
  if ((await ownerOf(clusterDir)) !== null) return false
  const draft = await mkdtemp(`${clusterDir}.`)
  const passwordFile = `${draft}.password`
  try {
    await writeFile(passwordFile, password, { mode: 0o600, flag: 'wx' })
    if (account !== null) {
      await chown(draft, account.uid, account.gid)
      await chown(passwordFile, account.uid, account.gid)
    }
    await promisify(execFile)(
      join(nativeDir, 'bin', 'initdb'),
      [
        `--pgdata=${draft}`,
        '--username=postgres',
        `--pwfile=${passwordFile}`,
        '--auth-local=scram-sha-256',
        '--auth-host=reject',
        '--encoding=UTF8',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--locale=C',
        '--no-instructions',
      ],
      { cwd: '/', env: serverEnvironment, ...(account === null ? {} : { uid: account.uid, gid: account.gid }) },
    )
    await rename(draft, clusterDir)
    return true
  } catch (error) {
    // Somebody else made it meanwhile; who runs it, PostgreSQL's own lock decides.
    if ((await ownerOf(clusterDir)) !== null) return false
    const reason = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error)
    throw startRefused(`PostgreSQL's initdb failed in ${clusterDir}: ${reason.split('\n').at(-1)}`)
  } finally {
    await rm(passwordFile, { force: true })
    await rm(draft, { recursive: true, force: true })
  }
}
