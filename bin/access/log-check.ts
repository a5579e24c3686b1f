import { Command } from 'commander'
import { checkProof } from '../../evidence/log-proof.ts'
import { fileText } from './file-text.ts'
import type { LogTools } from './log.ts'
import { readKeys } from './log-keys.ts'

/** `log check`: whether a proof holds; offline, from public keys alone. */
export function createLogCheck({ print }: LogTools): Command {
  const verb = new Command('check')
    .argument('<proof>', 'a file from `log prove`, AccessEvent.proof or Disclosure.proof; - reads the standard input')
    .description('whether a record is in the log; offline. Exit 1 where the proof does not hold')
    .requiredOption('--keys <files...>', "JWK sets: the log's /.well-known/jwks.json")
    .option('--json')
  return verb.action(async (file: string, { keys, json }: { keys: string[]; json?: boolean }) => {
    const known = readKeys(keys, verb)
    const text = fileText(file, verb)
    const verdict = await checkProof(text, known)
    print(json, verdict, () => {
      if (!verdict.holds) return `the proof does not hold: ${verdict.fault}\n`
      const { record, leafIndex } = verdict.proof
      const { size, at } = verdict.head
      return `record ${record.record} is leaf ${leafIndex} of the ${size} that were signed at ${at}\n${record.body ?? 'its body has expired'}\n${record.entries.map((entry) => entry ?? '(an entry that is not shown)').join('\n')}\n`
    })
    if (!verdict.holds) process.exitCode = 1
  })
}
