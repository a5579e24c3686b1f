import { Command } from 'commander'
import { textLines } from '../../evidence/text-lines.ts'
import { readWitness } from '../../evidence/witness-file.ts'
import { readLogWindow } from '../../subgraphs/oversight/log-window.ts'
import type { LogTools } from './log.ts'
import { readKeys } from './log-keys.ts'
import { withLog } from './with-log.ts'

type Options = { witness?: string; keys: string[]; json?: boolean }

/** `log status`: how much of the log is covered, by a head and by a witness. */
export function createLogStatus({ print }: LogTools): Command {
  const verb = new Command('status')
    .description(
      'how many records there are, under a signed head and under a witnessed one; exit 1 where a witness saw more',
    )
    .option('--witness <file>', "the witness's heads.jsonl; with --keys")
    .option('--keys <files...>', 'JWK sets of the log and of the witness', [])
    .option('--json')
  return verb.action(async ({ witness, keys, json }: Options) => {
    const known = readKeys(keys, verb)
    try {
      const seen = witness === undefined ? null : await readWitness(textLines(witness), known)
      const { written, headSize, headAt } = await withLog(readLogWindow)
      const witnessed = seen === null ? null : Math.max(0, ...seen.heads.map(({ size }) => size))
      const exposed = { head: written - headSize, witness: witnessed === null ? null : written - witnessed }
      const found = { written, headSize, headAt, witnessed, exposed, faults: seen?.faults ?? [] }
      print(json, found, () =>
        [
          `${written} records; the newest head covers ${headSize}${headAt === null ? '' : ` and was signed at ${headAt.toISOString()}`}`,
          `exposed window: ${exposed.head} records under no head, ${exposed.witness ?? written} under no witnessed head${witnessed === null ? ' (no witness was named)' : ''}`,
          ...found.faults.map(({ kind, line }) => `${kind} at line ${line} of ${witness}`),
          '',
        ].join('\n'),
      )
      if (found.faults.length > 0 || (witnessed !== null && witnessed > written)) process.exitCode = 1
    } catch (error) {
      verb.error(error instanceof Error ? error.message : String(error), { exitCode: 2 })
    }
  })
}
