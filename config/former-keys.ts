import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createConfigProblem } from './config-problem.ts'
import { verifyingKeysFromText } from './key-text.ts'
import type { VerifyingKey } from './key-text.ts'

/**
 * The public keys in `<dataDir>/keys/former/<of>/*.pem`: of keys that signed before the one that signs now, in the log or
 * as the local issuer. What they signed is believed as long as they stand there. Throws a ConfigProblem for one that is
 * no Ed25519 key.
 */
export function formerKeys(dataDir: string, of: 'log' | 'issuer'): readonly VerifyingKey[] {
  const folder = join(dataDir, 'keys', 'former', of)
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.pem')) : []
  return files.toSorted().flatMap((name) => {
    const keys = verifyingKeysFromText(readFileSync(join(folder, name), 'utf8'))
    if (keys === null) throw createConfigProblem([`${join(folder, name)}: must be an Ed25519 public key (PEM)`])
    return keys
  })
}
