import { createHash } from 'node:crypto'
import { stringify } from 'yaml'
import { z } from 'zod'
import { verifyingKeysFromText, type VerifyingKey } from '../../config/key-text.ts'
import { canonicalJson } from '../../evidence/canonical-json.ts'
import { loadYaml } from '../load-yaml.ts'

const hash = z.string().regex(/^[0-9a-f]{64}$/)
const person = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
const jws = z.string().regex(/^[\w-]+\.[\w-]+\.[\w-]+$/)

const approval = z.strictObject({
  /** Hash of the bundle that is approved. */
  bundle: hash,
  date: z.iso.date(),
  /** File in docs/decisions/ that says why. */
  record: z.string().regex(/^\d{4}-[a-z0-9-]+\.md$/),
  /** The highest number a decision record had: what is named in those counted before. */
  records: z.int().min(0),
  /** Key ids of those who may sign the next one. */
  approvers: z.array(z.string()).min(2),
  /** Hash of the approval before this; null for the first. */
  previous: hash.nullable(),
  author: person,
  /** Null until a second person signed. */
  approver: person.nullable(),
  signatures: z.strictObject({ author: jws, approver: jws.nullable() }),
})
/** One approval of one bundle: an entry of policy/approvals.yaml. */
export type Approval = z.infer<typeof approval>

const approver = z
  .strictObject({
    name: person,
    vi: z.string().min(1),
    en: z.string().min(1),
    /** Ed25519 public key, SPKI in base64. */
    key: z.string(),
    /** Anybody can sign with it: its private key is made from its name. */
    demo: z.boolean().default(false),
    /** May sign no more; the key stays, so that what it signed can be checked. */
    former: z.boolean().default(false),
  })
  .transform(({ key, ...rest }, context) => {
    const [publicKey] = verifyingKeysFromText(key) ?? []
    if (publicKey !== undefined) return { ...rest, ...publicKey }
    context.addIssue({ code: 'custom', path: ['key'], message: 'is no Ed25519 public key' })
    return z.NEVER
  })
/** Somebody who may write or approve a change of rules: an entry of policy/approvers.yaml. */
export type Approver = { name: string; vi: string; en: string; demo: boolean; former: boolean } & VerifyingKey

const approvals = z.strictObject({ approvals: z.array(approval) })
const approvers = z.strictObject({ approvers: z.array(approver) })

/** Reads policy/approvals.yaml, oldest first. Throws with file, line and field of every fault. */
export function approvalsFromYaml(text: string): readonly Approval[] {
  return loadYaml(approvals, text, 'policy/approvals.yaml').approvals
}

/** Reads policy/approvers.yaml. Throws with file, line and field of every fault. */
export function approversFromYaml(text: string): readonly Approver[] {
  return loadYaml(approvers, text, 'policy/approvers.yaml').approvers
}

/** The text of policy/approvals.yaml. */
export function yamlFromApprovals(list: readonly Approval[]): string {
  const head =
    '# Who approved which rules, purposes, classes and figures; written by `access approve`, never by hand.\n'
  return head + stringify({ approvals: list }, { lineWidth: 0 })
}

/** What a person signs: the approval without the other's part, and as whom. */
export function signedPart(one: Approval, as: 'author' | 'approver'): string {
  const { author, approver: second, signatures: _, ...rest } = one
  return canonicalJson({ ...rest, as, name: (as === 'author' ? author : second) ?? '' })
}

/** What the next approval names as its previous one: SHA-256 over the whole entry, signatures too. */
export function approvalHash(one: Approval): string {
  return createHash('sha256').update(canonicalJson(one)).digest('hex')
}

/** `typ` of the signatures. */
export const approvalType = 'vn-graph-approval'
