import { chown, mkdtemp, rm, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Place } from './place-cluster.ts'

/** sun_path of sockaddr_un holds 108 bytes with its final NUL (unix(7)); the socket's own name takes 14 of them. */
const longestDirectory = 107 - '/.s.PGSQL.5432'.length
const privatePrefix = '/tmp/vn-national-graph-socket-'

/** Folder for the server's socket: the cluster's own, or a private one when that path is too long or can't be quoted. */
export async function socketDirectory({ clusterDir, account }: Place): Promise<string> {
  if (Buffer.byteLength(clusterDir) <= longestDirectory && !/[,"\n]/.test(clusterDir)) return clusterDir
  const dir = await mkdtemp(privatePrefix)
  if (account !== null) await chown(dir, account.uid, account.gid)
  return dir
}

/** Removes a private folder and the socket in it, never anything else; leaves the cluster's own alone. */
export async function removeSocketDirectory(dir: string | null): Promise<void> {
  if (dir === null || !/^\/tmp\/vn-national-graph-socket-\w{6}$/.test(dir)) return
  for (const name of ['.s.PGSQL.5432', '.s.PGSQL.5432.lock']) await rm(join(dir, name), { force: true })
  // What else lies there is not ours.
  await rmdir(dir).catch(() => undefined)
}
