import { approvalProblems } from '../policy/review/approval-problems.ts'
import { approvalState } from '../policy/review/approval-state.ts'
import type { ApprovedFiles } from '../policy/review/approved-files.ts'
import type { Bundle } from '../policy/review/bundle.ts'
import type { Config } from '../config/environment.ts'
import { startRefused } from './kit/postgres/start-refused.ts'

/**
 * A process that serves others does not start with rules that two people have not approved; on the developer's own
 * machine each reason is reported and it starts. Approval by demonstration keys is reported everywhere.
 */
export async function refuseUnapproved(
  { isLocal, policyApprovers }: Pick<Config, 'isLocal' | 'policyApprovers'>,
  files: ApprovedFiles,
  bundle: Bundle,
  report: (line: string) => void,
): Promise<void> {
  const problems = await approvalProblems(approvalState(files, bundle, policyApprovers))
  if (problems.length > 0 && !isLocal)
    throw startRefused(['the rules in policy/ are not approved (access approve):', ...problems].join('\n'))
  for (const problem of problems) report(`the rules are not approved: ${problem}`)
  const isDemo = files.approvers.some(({ demo, former }) => demo && !former)
  if (isDemo && !isLocal) report('the rules are approved with demonstration keys, which anybody has')
}
