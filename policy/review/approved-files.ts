import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { canonicalJson, type Json } from '../../evidence/canonical-json.ts'
import { approvalsFromYaml, approversFromYaml, type Approval, type Approver } from './approvals.ts'
import type { Bundle } from './bundle.ts'
import { bundleFromJson, bundleJson } from './bundle-json.ts'

/** What stands in files about approval, and the bundle that was approved. */
export type ApprovedFiles = {
  approvals: readonly Approval[]
  approvers: readonly Approver[]
  /** Null where there is none yet. */
  approved: { bundle: Bundle; hash: string } | null
  /** Decision records by file name. */
  records: ReadonlyMap<string, string>
}

/** Reads approvals, approvers, the approved copy and the decision records of a project. Throws what is wrong with them. */
export function loadApprovedFiles(root = join(import.meta.dirname, '../..')): ApprovedFiles {
  const text = (file: string) => readFileSync(join(root, file), 'utf8')
  const folder = join(root, 'docs/decisions')
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => /^\d{4}-.+\.md$/.test(name)) : []
  return {
    approvals: approvalsFromYaml(text('policy/approvals.yaml')),
    approvers: approversFromYaml(text('policy/approvers.yaml')),
    approved: existsSync(join(root, 'policy/approved.json')) ? approvedFrom(text('policy/approved.json')) : null,
    records: new Map(names.toSorted().map((name) => [name, readFileSync(join(folder, name), 'utf8')])),
  }
}

function approvedFrom(text: string): { bundle: Bundle; hash: string } {
  const json = JSON.parse(text) as Json
  return { bundle: bundleFromJson(json), hash: createHash('sha256').update(canonicalJson(json)).digest('hex') }
}

/** The text of policy/approved.json: one rule, purpose or field a line, so that a change shows as a line. */
export function approvedText(bundle: Bundle): string {
  const sections = Object.entries(bundleJson(bundle)).map(
    ([section, list]) => `${JSON.stringify(section)}: [\n${list.map((one) => JSON.stringify(one)).join(',\n')}\n]`,
  )
  return `{\n${sections.join(',\n')}\n}\n`
}

/** The decision records that no approval counted yet: they alone can name what opened since. */
export function newRecords({ approvals, records }: Pick<ApprovedFiles, 'approvals' | 'records'>): string[] {
  const counted = approvals.findLast(({ approver }) => approver !== null)?.records ?? 0
  return [...records].filter(([name]) => Number(name.slice(0, 4)) > counted).map(([, text]) => text)
}

/** Key ids of those who may sign now, as POLICY_APPROVERS wants them. */
export function approverIds(root?: string): string {
  const active = loadApprovedFiles(root).approvers.filter(({ former }) => !former)
  return active.map(({ kid }) => kid).join(',')
}
