import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { findPostmaster, stopOrphan } from '../../subgraphs/kit/postgres/postmaster.ts'
import { type RunningPostgres, startPostgres } from '../../subgraphs/kit/postgres/start-postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Superuser's connection to the one cluster of this test run. */
    superuser: RunningPostgres['superuser']
  }
}

const prefix = 'vn-national-graph-cluster-'
const parent = '/tmp'

/** Starts the one PostgreSQL that all test files share, each in databases of its own; gone when they are done. */
export default async function oneCluster(project: TestProject): Promise<() => Promise<void>> {
  await sweepAbandoned()
  const dataDir = await mkdtemp(join(parent, `${prefix}${process.pid}-`))
  await chmod(dataDir, 0o711)
  const postgres = await startPostgres({
    dataDir,
    log: (line) => project.vitest.logger.log(line),
    fallbackDir: dataDir,
    // Durable as in use: the disclosure log refuses a server that is not.
    settings: { shared_buffers: '256MB', max_wal_size: '1GB' },
  })
  project.provide('superuser', postgres.superuser)
  return async () => {
    await postgres.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

/** A run that was killed leaves its cluster; the next one takes it away. */
async function sweepAbandoned(): Promise<void> {
  for (const name of await readdir(parent)) {
    const pid = /^vn-national-graph-cluster-(\d+)-\w{6}$/.exec(name)?.[1]
    if (pid === undefined || isAlive(Number(pid))) continue
    const dir = join(parent, name)
    const orphan = await findPostmaster(join(dir, 'postgres'))
    if (orphan !== null && !orphan.hasParent) await stopOrphan(orphan)
    await rm(dir, { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
