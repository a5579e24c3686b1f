import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { cpus, release, totalmem } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')
const ours = ['@apollo/gateway', '@apollo/server', '@apollo/subgraph', 'graphql', 'pg', 'fastify']
const theirs = ['@graphql-hive/gateway', '@graphql-hive/router-runtime', 'graphql']

/** What was measured on, and what was measured: machine, versions (of PostgreSQL as its server says) and the project's own state. */
export function machineAndVersions(postgres: string) {
  const cores = cpus()
  return {
    machine: {
      cpu: cores[0]?.model ?? 'unknown',
      cores: cores.length,
      memoryGb: Math.round(totalmem() / 2 ** 30),
      kernel: release(),
    },
    versions: {
      node: process.version,
      postgres,
      project: commit(),
      ...Object.fromEntries(ours.map((name) => [name, versionOf(join(root, 'node_modules'), name)])),
      peers: Object.fromEntries(
        theirs.map((name) => [name, versionOf(join(import.meta.dirname, 'peers/node_modules'), name)]),
      ),
    },
  }
}

function versionOf(folder: string, name: string): string {
  try {
    const { version } = JSON.parse(readFileSync(join(folder, name, 'package.json'), 'utf8')) as { version: string }
    return version
  } catch {
    return 'not installed'
  }
}

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim()
  } catch {
    return 'unknown'
  }
}
