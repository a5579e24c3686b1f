import { Command, InvalidArgumentError } from 'commander'
import { checkAttestation } from '../../evidence/attestation.ts'
import { fileText } from './file-text.ts'
import { readKeys } from './log-keys.ts'
import type { ReviewTools } from './review-tools.ts'

type Options = { keys: string[]; audience: string; nonce: string; at: Date; json?: boolean }

/** `attestation verify`: whether a signed answer to claims holds; offline, from the published keys alone. */
export function createAttestation({ print }: Pick<ReviewTools, 'print'>): Command {
  const group = new Command('attestation').description('whether a signed answer to claims holds')
  const verb = new Command('verify')
    .argument('<file>', 'Verification.attestation as it was given; - reads the standard input')
    .description('who signed it, for whom, until when, and what it shows; offline. Exit 1 where it does not hold')
    .requiredOption('--keys <files...>', "JWK sets: the graph's /.well-known/jwks.json")
    .requiredOption('--audience <name>', 'whom it must be for')
    .requiredOption('--nonce <text>', 'the nonce it was asked with')
    .option('--at <time>', 'as of when; now unless said', timeFrom, new Date())
    .option('--json')
  verb.action(async (file: string, { keys, audience, nonce, at, json }: Options) => {
    const known = readKeys(keys, verb)
    const verdict = await checkAttestation(fileText(file, verb), known, { audience, nonce, at })
    print(json, verdict, () =>
      verdict.holds
        ? [
            `holds for ${audience} from ${verdict.issuedAt} to ${verdict.expiresAt}`,
            `about ${verdict.person ?? 'a person it does not show'}`,
            ...verdict.claims.map(({ name, value, result }) => `${result} ${name} ${value}`),
            '',
          ].join('\n')
        : `the attestation does not hold: ${verdict.fault}\n`,
    )
    if (!verdict.holds) process.exitCode = 1
  })
  return group.addCommand(verb)
}

function timeFrom(text: string): Date {
  const time = new Date(text)
  if (Number.isNaN(time.getTime())) throw new InvalidArgumentError('a time is written as 2026-11-20T03:00:00Z')
  return time
}
