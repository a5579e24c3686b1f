import type { ClientBase } from 'pg'
import type { LogHead } from '../../evidence/log-head.ts'
import { verifyExport } from '../../evidence/verify-export.ts'
import type { LogReport } from '../../evidence/verify-export.ts'
import { exportLog } from '../../subgraphs/oversight/export-log.ts'
import { sequenceLeaves } from '../../subgraphs/oversight/sequence-leaves.ts'
import { openHeads } from '../../subgraphs/oversight/sign-heads.ts'
import type { logKeys } from './disclosures.ts'

type SigningKeys = Pick<ReturnType<typeof logKeys>, 'signing'>

/** Gives every committed record its leaf and signs a head over all, as the superuser. */
export async function signLog(admin: ClientBase, { signing }: SigningKeys): Promise<void> {
  const heads = await openHeads(admin, { signer: signing, clock: () => new Date(), headMs: 0 })
  await sequenceLeaves(admin, null)
  await heads.sign()
}

/** The lines of the log's export, without their ends. */
export async function exportedLines(admin: ClientBase): Promise<string[]> {
  const lines: string[] = []
  for await (const line of exportLog(admin)) lines.push(line.slice(0, -1))
  return lines
}

/** What is wrong with the log as it stands in a database, by these keys and these witnessed heads. */
export async function verifyLog(
  admin: ClientBase,
  { signing }: SigningKeys,
  witnessed: LogHead[] | null = null,
): Promise<LogReport> {
  return verifyExport(await exportedLines(admin), new Map([[signing.kid, signing.publicKey]]), witnessed)
}
