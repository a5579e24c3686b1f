import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { signingKeyFromText } from '../../config/key-text.ts'
import { approvalState } from '../../policy/review/approval-state.ts'
import { approvalProblems } from '../../policy/review/approval-problems.ts'
import { yamlFromApprovals } from '../../policy/review/approvals.ts'
import { approvedText, loadApprovedFiles, type ApprovedFiles } from '../../policy/review/approved-files.ts'
import { bundleHash } from '../../policy/review/bundle-json.ts'
import { demoKey } from '../../policy/review/demo-key.ts'
import { loadBundle } from '../../policy/review/load-bundle.ts'
import { signApproval, type Signer } from '../../policy/review/sign-approval.ts'
import { namingLines, openedUnnamed } from './check-no-new-access.ts'
import type { ReviewTools } from './review-tools.ts'

type Options = { as?: string; key?: string; record?: string; demo?: boolean; check?: boolean; json?: boolean }

/** `approve`: one person signs the rules as they stand, then a second one does. */
export function createApprove(
  { print }: Pick<ReviewTools, 'print'>,
  root = join(import.meta.dirname, '../..'),
): Command {
  const verb = new Command('approve')
    .description(
      'signs the rules, purposes, classes and figures as they stand: their author first, then another person. Exit 1 where they opened something that no decision record names',
    )
    .option('--as <name>', 'who signs, by the name in policy/approvers.yaml')
    .option('--key <file>', "that person's Ed25519 private key (PEM)")
    .option('--record <file>', 'the decision record that says why: its file name or number; the author names it')
    .option('--demo', 'both demonstration people sign: proves nothing, for trying the project')
    .option('--check', 'signs nothing; exit 1 where the rules as they stand are not approved')
    .option('--json')
  return verb.action(async ({ as, key, record, demo, check, json }: Options) => {
    try {
      const files = loadApprovedFiles(root)
      const bundle = loadBundle(root)
      const problems = await approvalProblems(approvalState(files, bundle))
      if (check || problems.length === 0) {
        print(json, { approved: problems.length === 0, problems }, () =>
          problems.length === 0
            ? `approved: ${files.approvals.at(-1)?.bundle}\n`
            : problems.map((one) => `${one}\n`).join(''),
        )
        if (problems.length > 0) process.exitCode = 1
        return
      }
      const unnamed = files.approved === null ? { cells: [], side: [] } : openedUnnamed('approved', root)
      if (unnamed.cells.length + unnamed.side.length > 0) {
        print(
          json,
          unnamed,
          () => `opened, and named in no new decision record; its front matter needs\n${namingLines(unnamed)}`,
        )
        process.exitCode = 1
        return
      }
      const { approvers, records } = files
      const now = {
        approvers,
        records: [...records.keys()],
        bundle: bundleHash(bundle),
        record: record ?? null,
        date: new Date().toISOString().slice(0, 10),
      }
      let approvals = files.approvals
      for (const signer of demo ? demoSigners(files) : [signerFrom(as, key)])
        approvals = await signApproval({ ...now, approvals }, signer)
      writeFileSync(join(root, 'policy/approvals.yaml'), yamlFromApprovals(approvals))
      const last = approvals.at(-1)
      if (last?.approver) writeFileSync(join(root, 'policy/approved.json'), approvedText(bundle))
      print(
        json,
        last,
        () =>
          `${last?.approver ? `approved by ${last.approver}` : 'signed by its author; a second person approves'}: ${last?.bundle}\n`,
      )
    } catch (error) {
      verb.error(error instanceof Error ? error.message : String(error), { exitCode: 2 })
    }
  })
}

function demoSigners({ approvers }: ApprovedFiles): Signer[] {
  const people = approvers.filter(({ demo, former }) => demo && !former).slice(0, 2)
  return people.map(({ name }) => ({ name, key: demoKey(name) }))
}

function signerFrom(name: string | undefined, file: string | undefined): Signer {
  if (name === undefined || file === undefined) throw new Error('say who signs with --as and --key, or --demo')
  const key = signingKeyFromText(readFileSync(file, 'utf8'))
  if (key === null) throw new Error(`${file} holds no Ed25519 private key`)
  return { name, key }
}
