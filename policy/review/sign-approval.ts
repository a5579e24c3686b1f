import type { SigningKey } from '../../config/key-text.ts'
import { approvalHash, approvalType, signedPart, type Approval, type Approver } from './approvals.ts'
import { signedText } from './jws.ts'

/** Somebody with their private key. */
export type Signer = { name: string; key: SigningKey }
export type Signing = {
  approvals: readonly Approval[]
  approvers: readonly Approver[]
  /** File names of the decision records. */
  records: readonly string[]
  /** Hash of the bundle as it stands. */
  bundle: string
  /** ISO date. */
  date: string
  /** The record that says why: its file name or its number. */
  record: string | null
}

/**
 * The approvals after one more signature: an author's, which opens an entry, or the second person's, which closes it. An
 * open entry for another bundle falls away. Throws one line where this person may not sign.
 */
export async function signApproval(signing: Signing, { name, key }: Signer): Promise<readonly Approval[]> {
  const { approvals, approvers, bundle } = signing
  if (!approvers.some((one) => one.name === name && one.kid === key.kid && !one.former))
    throw new Error(`${name} with this key is not in policy/approvers.yaml`)
  const done = approvals.filter(({ approver }) => approver !== null)
  const open = approvals.find((one) => one.approver === null && one.bundle === bundle)
  if (open !== undefined) {
    const author = approvers.find((one) => one.name === open.author)
    if (open.author === name || author?.kid === key.kid)
      throw new Error(`${name} is the author; somebody else approves`)
    const whole = { ...open, approver: name }
    const approver = await signedText(signedPart(whole, 'approver'), key, approvalType)
    return [...done, { ...whole, signatures: { ...whole.signatures, approver } }]
  }
  const draft = draftOf(signing, done.at(-1), name)
  const author = await signedText(signedPart(draft, 'author'), key, approvalType)
  return [...done, { ...draft, signatures: { author, approver: null } }]
}

function draftOf(signing: Signing, before: Approval | undefined, author: string): Approval {
  const { records, approvers, bundle, date, record } = signing
  const found = records.find((one) => record !== null && (one === record || one.startsWith(`${record}-`)))
  if (found === undefined)
    throw new Error('name the decision record that says why: its file in docs/decisions/, or its number')
  return {
    bundle,
    date,
    record: found,
    records: Math.max(...records.map((name) => Number(name.slice(0, 4)))),
    approvers: approvers.filter(({ former }) => !former).map(({ kid }) => kid),
    previous: before === undefined ? null : approvalHash(before),
    author,
    approver: null,
    signatures: { author: '', approver: null },
  }
}
