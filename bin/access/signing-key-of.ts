import { readFileSync } from 'node:fs'
import { configFromEnvironment } from '../../config/environment.ts'
import { keysOf } from '../../config/kept-keys.ts'
import { signingKeyFromText, type SigningKey } from '../../config/key-text.ts'
import { registry } from '../../subgraphs/registry.ts'

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
