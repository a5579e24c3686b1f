/**
 * `node bin/new-secrets.ts > .env`: new keys and passwords for docker-compose.yml, one a line. Where the deployment has a
 * secret store, they belong there.
 */
import { createPrivateKey, createPublicKey, randomBytes } from 'node:crypto'
import { newSigningKey } from '../config/kept-keys.ts'
import { approverIds } from '../policy/review/approved-files.ts'
import { newSecret } from '../subgraphs/kit/postgres/private-file.ts'
import { registry } from '../subgraphs/registry.ts'

const contextKey = createPrivateKey(newSigningKey())
const signingKey = createPrivateKey(newSigningKey())
const privateText = (key: typeof contextKey): string => key.export({ type: 'pkcs8', format: 'der' }).toString('base64')
const publicText = createPublicKey(contextKey).export({ type: 'spki', format: 'der' }).toString('base64')
const withDatabase = registry.filter(({ tables }) => tables.length > 0).map(({ name }) => name)
const linked = [...new Set(registry.flatMap(({ links = [] }) => links))]
const compared = [...new Set(registry.flatMap(({ compares = [] }) => compares))]
const upper = (name: string): string => name.toUpperCase().replaceAll('-', '_')

const secrets: readonly (readonly [string, string])[] = [
  ['SEAL_KEYS', `k1:${randomBytes(64).toString('base64url')}`],
  ['CONTEXT_PRIVATE_KEY', privateText(contextKey)],
  ['CONTEXT_PUBLIC_KEYS', publicText],
  ['LOG_SIGNING_KEY', privateText(signingKey)],
  ['LOG_PSEUDONYM_KEY', newSecret()],
  // No secret: pins whose approval of rules counts, so that nobody who can write the files alone can change them.
  ['POLICY_APPROVERS', approverIds()],
  ...withDatabase.flatMap((name) =>
    ['ADMIN', 'SERVICE'].map((who) => [`${upper(name)}_${who}_PASSWORD`, newSecret()] as const),
  ),
  ...linked.map((name) => [`${upper(name)}_LINKAGE_PASSWORD`, newSecret()] as const),
  ...compared.map((name) => [`${upper(name)}_VERIFIER_PASSWORD`, newSecret()] as const),
  ['CONSENT_READER_PASSWORD', newSecret()],
  ['OVERSIGHT_WRITER_PASSWORD', newSecret()],
]
for (const [name, value] of secrets) console.log(`${name}=${value}`)
