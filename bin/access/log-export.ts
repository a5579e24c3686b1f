import { createWriteStream } from 'node:fs'
import { rename } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Command } from 'commander'
import type { Client } from 'pg'
import { exportLog } from '../../subgraphs/oversight/export-log.ts'
import type { LogTools } from './log.ts'
import { withLog } from './with-log.ts'

/** `log export`: the whole log as text, to be verified anywhere. */
export function createLogExport({ print }: LogTools): Command {
  const verb = new Command('export')
    .description(
      'writes the whole log as text, one record a line, from the running server or DATABASE_URL_OVERSIGHT. Exit 2 where there is none',
    )
    .requiredOption('--out <file>', 'where to; replaced only by a whole export')
    .option('--json')
  return verb.action(async ({ out, json }: { out: string; json?: boolean }) => {
    try {
      const leaves = await withLog((client) => written(client, out))
      print(json, { out, leaves }, () => `${leaves} records in ${out}\n`)
    } catch (error) {
      verb.error(error instanceof Error ? error.message : String(error), { exitCode: 2 })
    }
  })
}

/** Writes the export beside its place and then into it; gives the number of leaves. */
async function written(client: Client, out: string): Promise<number> {
  let leaves = 0
  const counted = async function* () {
    for await (const line of exportLog(client)) {
      if (line.startsWith('leaf\t')) leaves += 1
      yield line
    }
  }
  const draft = `${out}.part`
  await pipeline(Readable.from(counted()), createWriteStream(draft, { mode: 0o600 }))
  await rename(draft, out)
  return leaves
}
