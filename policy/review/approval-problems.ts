import { approvalHash, approvalType, signedPart, type Approval, type Approver } from './approvals.ts'
import { verifiedText } from './jws.ts'

/** What is checked: hashes of the bundle in force and of the committed copy of the approved one, and who signed. */
export type ApprovalState = {
  /** Hash of the bundle in force. */
  bundle: string
  /** Hash of policy/approved.json. */
  approvedCopy: string
  approvals: readonly Approval[]
  approvers: readonly Approver[]
  /** Key ids that count on this machine, whatever the files say; null: those the files name. */
  pinned: readonly string[] | null
}

/**
 * Why the bundle in force is not approved; empty where it is. Every approval must follow on the one before, and be signed
 * by two people, with two keys, that the one before let sign: so nobody adds a key alone, and no file can be edited
 * without another that only a signature could mend.
 */
export async function approvalProblems(state: ApprovalState): Promise<string[]> {
  const { approvals, approvers, bundle, approvedCopy, pinned } = state
  const problems: string[] = []
  for (const [index, one] of approvals.entries()) {
    const before = approvals[index - 1]
    const isLast = index === approvals.length - 1
    const faults = await faultsOf(one, before, approvers, isLast ? pinned : null)
    problems.push(...faults.map((text) => `approval ${index + 1} of ${one.date}: ${text}`))
  }
  const last = approvals.at(-1)
  if (last === undefined) return ['no approval stands in policy/approvals.yaml']
  const active = approvers.filter(({ former }) => !former).map(({ kid }) => kid)
  if (active.toSorted().join() !== last.approvers.toSorted().join())
    problems.push('policy/approvers.yaml is not what the last approval approved')
  if (approvedCopy !== last.bundle) problems.push('policy/approved.json is not what the last approval approved')
  if (bundle !== last.bundle)
    problems.push(`rules, purposes, classes or figures changed since the approval of ${last.date}`)
  return problems
}

async function faultsOf(
  one: Approval,
  before: Approval | undefined,
  approvers: readonly Approver[],
  pinned: readonly string[] | null,
): Promise<string[]> {
  const faults: string[] = []
  if (one.previous !== (before === undefined ? null : approvalHash(before)))
    faults.push('does not follow on the one before')
  if (one.approver === null) return [...faults, 'waits for a second person']
  if (one.approver === one.author) faults.push('author and approver are one person')
  const allowed = (before ?? one).approvers
  const kids: string[] = []
  for (const as of ['author', 'approver'] as const) {
    const signer = await signerOf(one, as, approvers)
    if (signer === null) faults.push(`the ${as}'s signature does not hold`)
    else if (!allowed.includes(signer.kid)) faults.push(`the ${as} was not let sign by the approval before`)
    else if (pinned !== null && !pinned.includes(signer.kid)) faults.push(`the ${as}'s key is not in POLICY_APPROVERS`)
    if (signer !== null) kids.push(signer.kid)
  }
  if (kids.length === 2 && kids[0] === kids[1]) faults.push('author and approver signed with one key')
  return faults
}

async function signerOf(one: Approval, as: 'author' | 'approver', approvers: readonly Approver[]) {
  const jws = one.signatures[as]
  const verified = jws === null ? null : await verifiedText(jws, approvers, approvalType)
  const signer = approvers.find(({ kid }) => kid === verified?.kid)
  return signer !== undefined && signer.name === one[as] && verified?.text === signedPart(one, as) ? signer : null
}
