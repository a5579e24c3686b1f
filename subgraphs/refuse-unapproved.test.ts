import { expect, test } from 'vitest'
import type { ApprovedFiles } from '../policy/review/approved-files.ts'
import { bundleHash } from '../policy/review/bundle-json.ts'
import { demoKey } from '../policy/review/demo-key.ts'
import { loadBundle } from '../policy/review/load-bundle.ts'
import { signApproval } from '../policy/review/sign-approval.ts'
import { refuseUnapproved } from './refuse-unapproved.ts'

const bundle = loadBundle()
const people = ['first', 'second'].map((name) => ({ name, key: demoKey(name) }))
const approvers = people.map(({ name, key }) => ({ name, vi: name, en: name, demo: true, former: false, ...key }))
const hash = bundleHash(bundle)
const signing = { approvers, records: ['0001-a.md'], bundle: hash, date: '2026-11-22', record: '0001' }
const [author, second] = people as [(typeof people)[0], (typeof people)[0]]
const approvals = await signApproval(
  { ...signing, approvals: await signApproval({ ...signing, approvals: [] }, author) },
  second,
)
const files: ApprovedFiles = { approvals, approvers, approved: { bundle, hash }, records: new Map() }
const edited = { ...bundle, rules: bundle.rules.slice(1) }
const pinned = approvers.map(({ kid }) => kid)

async function reported(isLocal: boolean, served: typeof bundle, policyApprovers: readonly string[] | null) {
  const lines: string[] = []
  await refuseUnapproved({ isLocal, policyApprovers }, files, served, (line) => lines.push(line))
  return lines
}

test('approved rules start everywhere; demonstration keys are told where others are served', async () => {
  expect(await reported(true, bundle, null)).toEqual([])
  expect(await reported(false, bundle, pinned)).toEqual([
    'the rules are approved with demonstration keys, which anybody has',
  ])
})

test('rules that were edited since start on the own machine alone, and say so', async () => {
  expect(await reported(true, edited, null)).toEqual([
    'the rules are not approved: rules, purposes or classes changed since the approval of 2026-11-22',
  ])
  await expect(reported(false, edited, pinned)).rejects.toThrow(/not approved[^]*changed since the approval/)
})

test('an approval with keys that this machine does not pin does not count', async () => {
  await expect(reported(false, bundle, ['x'.repeat(43), 'y'.repeat(43)])).rejects.toThrow('not in POLICY_APPROVERS')
})
