import { Command } from 'commander'
import { faultWords } from '../../evidence/log-faults.ts'
import type { LogFault } from '../../evidence/log-faults.ts'
import { textLines } from '../../evidence/text-lines.ts'
import { verifyExport } from '../../evidence/verify-export.ts'
import { readWitness } from '../../evidence/witness-file.ts'
import type { LogTools } from './log.ts'
import { readKeys } from './log-keys.ts'

type Options = { keys: string[]; witness?: string; json?: boolean }

/** `log verify`: offline, from an export and public keys alone. */
export function createLogVerify({ print }: LogTools): Command {
  const verb = new Command('verify')
    .argument('<file>', 'an export of the log')
    .description('finds any change, removal, swap, cut, gap or forgery; offline. Exit 1 when there is one')
    .requiredOption('--keys <files...>', "JWK sets: the log's /.well-known/jwks.json, and the witness's")
    .option('--witness <file>', 'what a witness saw: its heads.jsonl')
    .option('--json')
  return verb.action(async (file: string, { keys: files, witness, json }: Options) => {
    const keys = readKeys(files, verb)
    try {
      const seen = witness === undefined ? null : await readWitness(textLines(witness), keys)
      const report = await verifyExport(textLines(file), keys, seen?.heads ?? null)
      const faults = [...(seen?.faults ?? []), ...report.faults]
      const { leaves, expired, writers, heads, head, exposed } = report
      print(json, { ...report, faults: faults.map((fault) => ({ ...fault, ...faultWords[fault.kind] })) }, () =>
        [
          `${leaves} records of ${writers} writers (${expired} expired), ${heads} heads, the newest at ${head?.at ?? 'no time'}`,
          `not under a head: ${exposed.head}; not witnessed: ${exposed.witness ?? 'no witness was named'}`,
          ...faults.map(faultText),
          faults.length === 0 ? 'the log is whole' : `${faults.length} faults`,
          '',
        ].join('\n'),
      )
      if (faults.length > 0) process.exitCode = 1
    } catch (error) {
      verb.error(error instanceof Error ? error.message : String(error), { exitCode: 2 })
    }
  })
}

function faultText({ kind, leaf, line, writer, counters, size }: LogFault): string {
  const places = [
    leaf === undefined ? null : `leaf ${leaf}`,
    line === undefined ? null : `line ${line}`,
    size === undefined ? null : `tree of ${size}`,
    writer === undefined ? null : `writer ${writer}`,
    counters === undefined ? null : `counter ${counters[0]}${counters[1] === counters[0] ? '' : ` to ${counters[1]}`}`,
  ]
  const { vi, en } = faultWords[kind]
  return `${kind} at ${places.filter((one) => one !== null).join(', ') || 'the whole'}: ${en}\n  ${vi}`
}
