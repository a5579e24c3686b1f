import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newSigningKey } from '../../config/kept-keys.ts'
import { signingKeyFromText } from '../../config/key-text.ts'
import { approvalProblems } from './approval-problems.ts'
import { approvalState } from './approval-state.ts'
import { approvalsFromYaml, approversFromYaml, yamlFromApprovals, type Approval, type Approver } from './approvals.ts'
import { approvedText, loadApprovedFiles, newRecords } from './approved-files.ts'
import { bundleFromJson, bundleHash, bundleJson } from './bundle-json.ts'
import { diffBundles } from './diff-bundles.ts'
import { loadBundle } from './load-bundle.ts'
import { signApproval } from './sign-approval.ts'

const personOf = (name: string) => {
  const key = signingKeyFromText(newSigningKey())
  if (key === null) throw new Error('no key')
  return { name, key }
}
const [an, binh, chi] = [personOf('an'), personOf('binh'), personOf('chi')]
const approverOf = ({ name, key: { kid, publicKey } }: typeof an): Approver => ({
  name,
  vi: name,
  en: name,
  demo: false,
  former: false,
  kid,
  publicKey,
})
const approvers = [an, binh].map(approverOf)
const [one, two] = ['1'.repeat(64), '2'.repeat(64)]
const signing = { approvers, records: ['0001-first.md'], date: '2026-11-22', record: '0001', bundle: one }
const approved = async (
  bundle: string,
  before: readonly Approval[] = [],
  who = approvers,
  [author, second] = [an, binh],
) => {
  const now = { ...signing, approvers: who, bundle }
  return signApproval({ ...now, approvals: await signApproval({ ...now, approvals: before }, author) }, second)
}
const problemsOf = (approvals: readonly Approval[], more: object = {}) =>
  approvalProblems({ bundle: one, approvedCopy: one, approvals, approvers, pinned: null, ...more })

describe('an approval', () => {
  test('holds with two signatures, also after YAML, and with both keys pinned', async () => {
    const list = approvalsFromYaml(yamlFromApprovals(await approved(one)))
    expect(list).toMatchObject([
      { author: 'an', approver: 'binh', record: '0001-first.md', records: 1, previous: null },
    ])
    expect(await problemsOf(list)).toEqual([])
    expect(await problemsOf(list, { pinned: [an.key.kid, binh.key.kid] })).toEqual([])
    expect(await problemsOf(await approved(two, list), { bundle: two, approvedCopy: two })).toEqual([])
  })

  test('needs two people with two keys', async () => {
    const half = await signApproval({ ...signing, approvals: [] }, an)
    expect(await problemsOf(half)).toEqual(['approval 1 of 2026-11-22: waits for a second person'])
    await expect(signApproval({ ...signing, approvals: half }, an)).rejects.toThrow('an is the author')
    const twin = { ...approverOf(an), name: 'an-again' }
    const asTwin = signApproval(
      { ...signing, approvers: [...approvers, twin], approvals: half },
      { name: 'an-again', key: an.key },
    )
    await expect(asTwin).rejects.toThrow('is the author')
  })

  test('ends with any change of rules, of the approved copy or of who may sign', async () => {
    const list = await approved(one)
    expect(await problemsOf(list, { bundle: two })).toEqual([
      'rules, purposes, classes or figures changed since the approval of 2026-11-22',
    ])
    expect(await problemsOf(list, { approvedCopy: two })).toEqual([
      'policy/approved.json is not what the last approval approved',
    ])
    expect(await problemsOf(list, { approvers: [...approvers, approverOf(chi)] })).toEqual([
      'policy/approvers.yaml is not what the last approval approved',
    ])
    expect(await problemsOf([])).toEqual(['no approval stands in policy/approvals.yaml'])
  })

  test('holds for no other date, record, person or number than was signed', async () => {
    const [whole] = await approved(one)
    if (whole === undefined) throw new Error('not approved')
    const edits = [
      { date: '2026-11-23' },
      { record: '0002-other.md' },
      { records: 0 },
      { author: 'binh', approver: 'an' },
    ]
    for (const edit of edits) expect(await problemsOf([{ ...whole, ...edit }]), JSON.stringify(edit)).not.toEqual([])
  })

  test('is not given by somebody the one before did not let sign', async () => {
    const list = await approved(one)
    const three = [...approvers, approverOf(chi)]
    const forged = await approved(two, list, three, [an, chi])
    const state = { bundle: two, approvedCopy: two, approvers: three }
    expect(await problemsOf(forged, state)).toEqual([
      'approval 2 of 2026-11-22: the approver was not let sign by the approval before',
    ])
    // Let in by two who may, the third may sign the next.
    const grown = await approved(one, list, three)
    expect(await problemsOf(await approved(two, grown, three, [an, chi]), state)).toEqual([])
    // Neither an approval taken out nor a key that this machine does not know goes unseen.
    expect(await problemsOf((await approved(two, list)).slice(1), { bundle: two, approvedCopy: two })).not.toEqual([])
    expect(await problemsOf(list, { pinned: [an.key.kid] })).toEqual([
      "approval 1 of 2026-11-22: the approver's key is not in POLICY_APPROVERS",
    ])
  })

  test('names the record that says why, and counts those there were', async () => {
    await expect(signApproval({ ...signing, record: '0002', approvals: [] }, an)).rejects.toThrow(
      'name the decision record',
    )
    const records = new Map([
      ['0001-first.md', 'a'],
      ['0002-second.md', 'b'],
    ])
    expect(newRecords({ approvals: await approved(one), records })).toEqual(['b'])
    expect(newRecords({ approvals: [], records })).toEqual(['a', 'b'])
  })
})

describe('the approved copy', () => {
  const bundle = loadBundle()
  const root = mkdtempSync(join(tmpdir(), 'approved-'))
  beforeAll(() => {
    for (const folder of ['policy', 'docs/decisions']) mkdirSync(join(root, folder), { recursive: true })
    writeFileSync(join(root, 'policy/approved.json'), approvedText(bundle))
    writeFileSync(join(root, 'policy/approvals.yaml'), 'approvals: []\n')
    writeFileSync(join(root, 'policy/approvers.yaml'), 'approvers: []\n')
    writeFileSync(join(root, 'docs/decisions/0001-first.md'), '# 1. First\n')
  })
  afterAll(() => rmSync(root, { recursive: true }))

  test('is the bundle whole, one rule or field a line, with the hash of the bundle', () => {
    const files = loadApprovedFiles(root)
    expect(files.approved?.hash).toBe(bundleHash(bundle))
    expect([...files.records]).toEqual([['0001-first.md', '# 1. First\n']])
    expect(approvalState(files, bundle)).toMatchObject({ bundle: bundleHash(bundle), approvedCopy: bundleHash(bundle) })
    const read = bundleFromJson(JSON.parse(JSON.stringify(bundleJson(bundle))))
    expect(diffBundles(bundle, read)).toEqual({ cells: [], newFields: [], removedFields: [], side: [] })
    expect(approvedText(bundle).split('\n').length).toBeGreaterThan(bundle.classes.size + bundle.rules.length)
  })

  test('changes its hash with every part of the bundle', () => {
    const hashes = [
      bundle,
      { ...bundle, rules: bundle.rules.slice(1) },
      { ...bundle, rules: bundle.rules.toReversed() },
      { ...bundle, invariants: bundle.invariants.slice(1) },
      { ...bundle, subjects: new Map() },
      { ...bundle, arguments: new Map() },
      { ...bundle, organisations: new Map() },
      { ...bundle, figures: new Map([...bundle.figures].slice(1)) },
      { ...bundle, classes: new Map() },
    ].map(bundleHash)
    expect(new Set(hashes).size).toBe(hashes.length)
  })
})

test('the keys of approvers.yaml are read with their thumbprints, and a wrong one is refused with its line', () => {
  const spki = an.key.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
  const text = `approvers:\n  - { name: an, vi: An, en: An, key: ${spki} }\n`
  expect(approversFromYaml(text)).toMatchObject([{ name: 'an', kid: an.key.kid, demo: false, former: false }])
  expect(() => approversFromYaml(text.replace(spki, 'AAAA'))).toThrow(/approvers\.yaml:2 .*Ed25519/)
})
