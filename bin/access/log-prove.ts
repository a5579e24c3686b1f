import { Command } from 'commander'
import { isRecordId } from '../../evidence/record-time.ts'
import { readProof, recordOfEntry } from '../../subgraphs/oversight/read-proof.ts'
import type { LogTools } from './log.ts'
import { withLog } from './with-log.ts'

/** `log prove`: what shows that one record is in the log. */
export function createLogProve({ print }: LogTools): Command {
  const verb = new Command('prove')
    .argument('<decision>', 'id of a record (as in a receipt) or of one of its entries, which then alone is shown')
    .description('prints the record with its path to the newest head; exit 1 where the log has no such record')
    .option('--json', 'the proof is JSON in any case')
  return verb.action(async (id: string) => {
    const record = recordOfEntry(id)
    if (!isRecordId(record)) verb.error(`${id} is no id of a record or entry`, { exitCode: 2 })
    const proof = await withLog((client) => readProof(client, record, id === record ? null : id)).catch(
      (error: unknown) => verb.error(error instanceof Error ? error.message : String(error), { exitCode: 2 }),
    )
    if (proof !== null) return print(true, proof, () => '')
    process.stderr.write('no such record, or no head covers it yet\n')
    process.exitCode = 1
  })
}
