import { writeFileSync } from 'node:fs'
import { Command } from 'commander'
import type { ReviewTools } from './review-tools.ts'

type Options = { out: string; key?: string; tests?: string[]; log?: string[]; json?: boolean }

/** `evidence`: everything a reviewer takes away, in one signed archive. */
export function createEvidence(tools: Pick<ReviewTools, 'rules' | 'schemaHash' | 'cells' | 'print'>): Command {
  const verb = new Command('evidence')
    .description(
      'writes rules, schema, matrix, coverage, statements and approvals as one signed archive that verifies without this project; exit 1 where a check in it found something',
    )
    .requiredOption('--out <file>', 'the archive (tar.gz)')
    .option('--tests <files...>', 'test results to take along')
    .option('--log <files...>', 'exports, heads and proofs of the log to take along')
    .option('--key <file>', 'signs with this Ed25519 private key (PEM) and not with the one that signs the log')
    .option('--json')
  return verb.action(async ({ out, key: file, tests = [], log = [], json }: Options) => {
    try {
      // Loaded where it is asked for: the other verbs start without the databases' definitions.
      const { evidencePack } = await import('../../evidence/evidence-pack.ts')
      const { signingKeyOf } = await import('./signing-key-of.ts')
      const { evidenceFiles } = await import('./evidence-files.ts')
      const key = signingKeyOf(file)
      const at = new Date()
      const { files, findings } = await evidenceFiles(tools, { tests, log }, key, at)
      writeFileSync(out, await evidencePack(files, key, at))
      tools.print(
        json,
        { out, kid: key.kid, files: [...files.keys()], findings },
        () => `wrote ${files.size} files to ${out}, signed with ${key.kid}; ${findings} findings\n`,
      )
      if (findings > 0) process.exitCode = 1
    } catch (error) {
      verb.error(error instanceof Error ? error.message : String(error), { exitCode: 2 })
    }
  })
}
