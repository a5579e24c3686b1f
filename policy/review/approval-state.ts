import type { ApprovalState } from './approval-problems.ts'
import type { ApprovedFiles } from './approved-files.ts'
import type { Bundle } from './bundle.ts'
import { bundleHash } from './bundle-json.ts'

/** What is checked of the files of a project, with the keys that count on this machine. */
export function approvalState(
  { approvals, approvers, approved }: ApprovedFiles,
  bundle: Bundle,
  pinned: readonly string[] | null = null,
): ApprovalState {
  return { bundle: bundleHash(bundle), approvedCopy: approved?.hash ?? '', approvals, approvers, pinned }
}
