import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Bundle } from '../../policy/review/bundle.ts'
import { loadApprovedFiles } from '../../policy/review/approved-files.ts'
import { loadBundle } from '../../policy/review/load-bundle.ts'

const project = join(import.meta.dirname, '../..')
/** The files that a bundle is read from. */
const isOfBundle = (path: string): boolean =>
  /^(policy\/[^/]+\.yaml|schema\/(supergraph\.graphql|agencies\.yaml)|subgraphs\/[^/]+\/rules\.yaml)$/.test(path)

/**
 * The bundle of a version: `approved`, a folder, or a git revision, which is read beside the working tree and changes
 * nothing in it. Throws with one line where there is no such version or it can't be read.
 */
export function loadVersion(name: string, root = project): Bundle {
  if (name === 'approved') {
    const { approved } = loadApprovedFiles(root)
    if (approved === null) throw new Error('policy/approved.json: nothing was approved yet')
    return approved.bundle
  }
  return existsSync(join(name, 'policy/rules.yaml')) ? loadBundle(name) : bundleOfRevision(name)
}

function bundleOfRevision(revision: string): Bundle {
  const listed = git('ls-tree', '-r', '--name-only', '--full-tree', '--end-of-options', revision)
  if (listed === null)
    throw new Error(`${revision} is neither a folder of the project nor a revision that git has here`)
  const folder = mkdtempSync(join(tmpdir(), 'access-version-'))
  try {
    for (const path of listed.split('\n').filter(isOfBundle)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), git('show', '--end-of-options', `${revision}:${path}`) ?? '')
    }
    return loadBundle(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function git(...args: string[]): string | null {
  const { status, stdout } = spawnSync('git', args, { cwd: project, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  return status === 0 ? stdout : null
}
