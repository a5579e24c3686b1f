import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { keysFromJwks } from '../../evidence/key-set.ts'
import type { KeySet } from '../../evidence/key-set.ts'

/** Reads the JWK sets a verb was given. Ends it with one line and code 2 where one is not readable. */
export function readKeys(files: readonly string[], verb: Command): KeySet {
  return new Map(
    files.flatMap((file) => {
      try {
        return [...keysFromJwks(readFileSync(file, 'utf8'))]
      } catch {
        return verb.error(`${file}: no JWK set (save /.well-known/jwks.json)`, { exitCode: 2 })
      }
    }),
  )
}
