import { writeFileSync } from 'node:fs'
import { Command } from 'commander'
import { bundleHash } from '../../policy/review/bundle-json.ts'
import { certificateFrom, certificateType } from '../../policy/review/certificate.ts'
import { checkInvariants } from '../../policy/review/check-invariants.ts'
import { signedText } from '../../policy/review/jws.ts'
import { loadBundle } from '../../policy/review/load-bundle.ts'
import type { ReviewTools } from './review-tools.ts'

type Options = { certificate?: string; key?: string; json?: boolean }

/** `coverage`: what escaped classification, rules that do nothing, rules that no test rests on. */
export function createCoverage({
  rules,
  schemaHash,
  print,
}: Pick<ReviewTools, 'rules' | 'schemaHash' | 'print'>): Command {
  const verb = new Command('coverage')
    .description(
      'fields without class, owner or dictionary entry; rules without effect or without a test. Exit 1 when there are any',
    )
    .option('--certificate <file>', 'writes the result, signed, with the hashes of schema and rules')
    .option('--key <file>', 'signs with this Ed25519 private key (PEM) and not with the one that signs the log')
    .option('--json')
  return verb.action(async ({ certificate, key, json }: Options) => {
    // Loaded where it is asked for: the other verbs start without the databases' definitions.
    const { coverageOf } = await import('../../subgraphs/review/coverage-of.ts')
    const bundle = loadBundle()
    const found = coverageOf(bundle)
    if (certificate !== undefined) {
      const { signingKeyOf } = await import('./signing-key-of.ts')
      const hashes = { schemaHash, rulesHash: rules.hash, bundleHash: bundleHash(bundle) }
      const told = certificateFrom(found, checkInvariants(bundle), hashes, new Date())
      writeFileSync(certificate, `${await signedText(JSON.stringify(told), signingKeyOf(key), certificateType)}\n`)
    }
    print(json, found, () =>
      [
        ...found.findings.map(({ name, reason }) => `${name} ${reason.en} (${reason.vi})\n`),
        `${found.fields} fields ${JSON.stringify(found.byLevel)}, ${found.rules} rules, ${found.findings.length} findings\n`,
      ].join(''),
    )
    if (found.findings.length > 0) process.exitCode = 1
  })
}
