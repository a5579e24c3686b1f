import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Config } from './environment.ts'
import { bytesFromText, sealKeysFromText, signingKeyFromText } from './key-text.ts'
import type { SealKey, SigningKey, VerifyingKey } from './key-text.ts'
import { keptText } from './kept-text.ts'

/** Every secret a process of the graph works with. */
export type ServerKeys = {
  /** The first seals, all open. */
  seal: readonly SealKey[]
  /** Signs request contexts for subgraphs; null in a subgraph that was given public keys alone. */
  context: SigningKey | null
  /** The replicas whose contexts count. */
  contexts: readonly VerifyingKey[]
  /** Signs receipts and log records. */
  signing: SigningKey
  /** 32 bytes: subjects become pseudonyms in the log under it. */
  pseudonym: Uint8Array
}

/**
 * The keys the environment gives; those it does not give are made once and kept in `<dataDir>/keys`, readable by their
 * owner alone. Throws a ConfigProblem for a kept key that is damaged or that others can read.
 */
export function keysOf({ dataDir, secrets }: Pick<Config, 'dataDir' | 'secrets'>): ServerKeys {
  const kept = <T>(file: string, make: () => string, read: (text: string) => T | null): T =>
    keptText(join(dataDir, 'keys', file), make, read)
  const seal = secrets.sealKeys ?? kept('seal-keys', newSealKey, sealKeysFromText)
  const context = secrets.contextKey ?? kept('context-key.pem', newSigningKey, signingKeyFromText)
  const signing = secrets.logSigningKey ?? kept('log-signing-key.pem', newSigningKey, signingKeyFromText)
  const pseudonym =
    secrets.logPseudonymKey ?? kept('log-pseudonym-key', newPseudonymKey, (text) => bytesFromText(text, 32))
  const own = 'privateKey' in context ? context : null
  return Object.freeze({
    seal,
    context: own,
    contexts: 'privateKey' in context ? [context] : context,
    signing,
    pseudonym,
  })
}

/** A new Ed25519 private key as PEM. */
export function newSigningKey(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
}

function newSealKey(): string {
  return `k1:${randomBytes(64).toString('base64url')}\n`
}

function newPseudonymKey(): string {
  return `${randomBytes(32).toString('base64url')}\n`
}
