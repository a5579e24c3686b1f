import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { SigningKey } from '../../config/key-text.ts'
import { approvedText } from '../../policy/review/approved-files.ts'
import { bundleHash } from '../../policy/review/bundle-json.ts'
import { certificateFrom, certificateType } from '../../policy/review/certificate.ts'
import { checkInvariants } from '../../policy/review/check-invariants.ts'
import { signedText } from '../../policy/review/jws.ts'
import { loadBundle } from '../../policy/review/load-bundle.ts'
import { matrixCsv } from '../../policy/review/matrix-csv.ts'
import { matrixHtml } from '../../policy/review/matrix-html.ts'
import { cedarFiles } from './cedar.ts'
import { coverageOf } from '../../subgraphs/review/coverage-of.ts'
import { invariantsText } from './invariants.ts'
import type { ReviewTools } from './review-tools.ts'

const root = join(import.meta.dirname, '../..')

/** Files that go into the pack as they stand, by folder. */
export type GivenFiles = { tests: readonly string[]; log: readonly string[] }

/** Everything that proves who may read what, by its path in the pack, and whether any check of it found something. */
export async function evidenceFiles(
  { rules, schemaHash, cells }: Pick<ReviewTools, 'rules' | 'schemaHash' | 'cells'>,
  { tests, log }: GivenFiles,
  key: SigningKey,
  at: Date,
): Promise<{ files: ReadonlyMap<string, string | Uint8Array>; findings: number }> {
  const bundle = loadBundle()
  const results = checkInvariants(bundle)
  const covered = coverageOf(bundle)
  const hashes = { schemaHash, rulesHash: rules.hash, bundleHash: bundleHash(bundle) }
  const certificate = JSON.stringify(certificateFrom(covered, results, hashes, at))
  const files = new Map<string, string | Uint8Array>([
    ...sources().map(([name, path]) => [name, readFileSync(join(root, path))] as const),
    ['bundle/bundle.json', approvedText(bundle)],
    ['matrix/access.csv', matrixCsv(cells())],
    ['matrix/access.html', matrixHtml(cells(), { bundleHash: rules.hash, schemaHash })],
    ['checks/coverage.json', `${JSON.stringify(JSON.parse(certificate), null, 2)}\n`],
    ['checks/coverage.jws', `${await signedText(certificate, key, certificateType)}\n`],
    ['checks/invariants.json', `${JSON.stringify(results, null, 2)}\n`],
    ['checks/invariants.txt', invariantsText(results)],
    ...[...cedarFiles(bundle)].map(([name, text]) => [`cedar/${name}`, text] as const),
    ...tests.map((path) => [`checks/${basename(path)}`, readFileSync(path)] as const),
    ...log.map((path) => [`log/${basename(path)}`, readFileSync(path)] as const),
  ])
  return { files, findings: covered.findings.length + results.filter(({ holds }) => !holds).length }
}

/** Files of the project that the bundle is read from, and those that say who approved it: name in the pack, path here. */
function sources(): [string, string][] {
  const approval = ['approvals.yaml', 'approvers.yaml']
  const rules = readdirSync(join(root, 'subgraphs'))
    .map((name) => `subgraphs/${name}/rules.yaml`)
    .filter((path) => existsSync(join(root, path)))
  const policy = readdirSync(join(root, 'policy'))
    .filter((name) => name.endsWith('.yaml') && !approval.includes(name))
    .map((name) => `policy/${name}`)
  const schema = ['schema/supergraph.graphql', 'schema/api.graphql', 'docs/reference/dictionary.csv']
  const records = readdirSync(join(root, 'docs/decisions')).map((name) => `docs/decisions/${name}`)
  return [
    ...[...policy, 'schema/agencies.yaml', ...rules, ...schema].map((path): [string, string] => [
      `bundle/${path}`,
      path,
    ]),
    ...approval.map((name): [string, string] => [`approval/${name}`, `policy/${name}`]),
    ...records.map((path): [string, string] => [`approval/decisions/${basename(path)}`, path]),
  ]
}
