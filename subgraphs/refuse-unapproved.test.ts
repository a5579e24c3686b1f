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
    'the rules are not approved: rules, purposes, classes or figures changed since the approval of 2026-11-22',
  ])
  await expect(reported(false, edited, pinned)).rejects.toThrow(/not approved[^]*changed since the approval/)
})

test('a budget that was raised stops a process that serves others until two people approved it', async () => {
  const budget = 'budget.BHXH-01.INSURANCE_ADMINISTRATION'
  const raised = { ...bundle, figures: new Map([...bundle.figures, [budget, { core: 90_000_000 }]]) }
  expect(bundle.figures.has(budget)).toBe(true)
  await expect(reported(false, raised, pinned)).rejects.toThrow(/not approved[^]*figures changed since the approval/)
  const next = { ...signing, bundle: bundleHash(raised) }
  const again = await signApproval({ ...next, approvals: await signApproval({ ...next, approvals }, author) }, second)
  const approved = { ...files, approvals: again, approved: { bundle: raised, hash: next.bundle } }
  const start = refuseUnapproved({ isLocal: false, policyApprovers: pinned }, approved, raised, () => {})
  await expect(start).resolves.toBeUndefined()
})

test('an approval with keys that this machine does not pin does not count', async () => {
  await expect(reported(false, bundle, ['x'.repeat(43), 'y'.repeat(43)])).rejects.toThrow('not in POLICY_APPROVERS')
})
