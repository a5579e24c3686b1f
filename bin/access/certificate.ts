import { readFileSync } from 'node:fs'
import { configFromEnvironment } from '../../config/environment.ts'
import { keysOf } from '../../config/kept-keys.ts'
import { signingKeyFromText, type SigningKey } from '../../config/key-text.ts'
import type { Coverage } from '../../policy/review/coverage.ts'
import type { InvariantResult } from '../../policy/review/check-invariants.ts'
import { registry } from '../../subgraphs/registry.ts'

/** What a coverage certificate says: which schema and rules were measured, and what was found. */
export type Certificate = Coverage & {
  at: string
  schemaHash: string
  rulesHash: string
  /** Hash of the bundle as approvals name it. */
  bundleHash: string
  invariants: { id: string; holds: boolean }[]
}

/** `typ` of a certificate's signature. */
export const certificateType = 'vn-graph-coverage'

export function certificateFrom(
  measured: Coverage,
  results: readonly InvariantResult[],
  hashes: Pick<Certificate, 'schemaHash' | 'rulesHash' | 'bundleHash'>,
  at: Date,
): Certificate {
  const invariants = results.map(({ id, holds }) => ({ id, holds }))
  return { at: at.toISOString(), ...hashes, ...measured, invariants }
}

/** The key that signs: of the file named, else the one that signs log and receipts here (LOG_SIGNING_KEY or DATA_DIR). */
export function signingKeyOf(file: string | undefined): SigningKey {
  if (file === undefined)
    return keysOf(
      configFromEnvironment(
        process.env,
        registry.map(({ name }) => name),
      ),
    ).signing
  const key = signingKeyFromText(readFileSync(file, 'utf8'))
  if (key === null) throw new Error(`${file} holds no Ed25519 private key`)
  return key
}
