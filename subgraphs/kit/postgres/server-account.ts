import { spawnSync } from 'node:child_process'
import { readFile, stat } from 'node:fs/promises'
import { isMissing } from './private-file.ts'
import { startRefused } from './start-refused.ts'

/** The operating system's user PostgreSQL runs as. */
export type Account = { name: string; uid: number; gid: number }

/** PostgreSQL refuses to run as root, so root lends it another account. */
export function isRoot(): boolean {
  return process.getuid?.() === 0
}

/**
 * The account for a cluster that root starts: the owner of the folder where there is one, else `postgres`, else
 * `nobody`.
 */
export async function serverAccount(clusterDir: string): Promise<Account> {
  const known = await accounts()
  const owner = await ownerOf(clusterDir)
  if (owner !== null && owner.uid !== 0) {
    return { name: known.find(({ uid }) => uid === owner.uid)?.name ?? `user ${owner.uid}`, ...owner }
  }
  const account = ['postgres', 'nobody'].map((name) => known.find((one) => one.name === name)).find((one) => one)
  if (account === undefined || account.uid === 0) {
    throw startRefused('PostgreSQL does not run as root, and there is no user "postgres" or "nobody" to run it as')
  }
  return account
}

/** /etc/passwd, passwd(5). */
async function accounts(): Promise<Account[]> {
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'))
  return lines.flatMap(([name = '', , uid, gid]) =>
    gid === undefined ? [] : [{ name, uid: Number(uid), gid: Number(gid) }],
  )
}

/** User and group of a folder; null when it is not there. */
export async function ownerOf(dir: string): Promise<{ uid: number; gid: number } | null> {
  try {
    const { uid, gid } = await stat(dir)
    return { uid, gid }
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

/** True when the account can pass through every folder down to this one. Tried rather than computed from modes. */
export function canEnter(account: Account, dir: string): boolean {
  return succeeds(account, 'cd -P -- "$1"', dir)
}

/** True when the account can run the server in this folder of binaries and read its templates. */
export function canRunServer(account: Account, nativeDir: string): boolean {
  return succeeds(account, '"$1/bin/postgres" -V && test -r "$1/share/postgresql/postgres.bki"', nativeDir)
}

function succeeds({ uid, gid }: Account, script: string, argument: string): boolean {
  return spawnSync('/bin/sh', ['-c', script, 'sh', argument], { uid, gid, cwd: '/', stdio: 'ignore' }).status === 0
}
