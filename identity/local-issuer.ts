import { join } from 'node:path'
import { createLocalJWKSet, SignJWT } from 'jose'
import type { JWK, JWTPayload, JWTVerifyGetKey } from 'jose'
import { formerKeys } from '../config/former-keys.ts'
import { newSigningKey } from '../config/kept-keys.ts'
import { keptText, textIfThere } from '../config/kept-text.ts'
import { signingKeyFromText } from '../config/key-text.ts'
import { publicJwks } from '../config/public-jwks.ts'
import { tokenAudience } from './verifier.ts'

/** The `iss` of local tokens. Every data directory has its own key, so a token of one is nothing to another. */
export const localIssuerName = 'urn:vn-national-graph:local-issuer'

const lifetime = '12h'

/** Signs the personas' tokens on a machine where no identity provider is configured. */
export type LocalIssuer = {
  /** A signed token with these claims; `iss`, `aud`, `iat` and `exp` are added. */
  sign: (claims: JWTPayload) => Promise<string>
  keys: JWTVerifyGetKey
  publicKeys: readonly JWK[]
}

/** The issuer of this data directory; its key is made at the first start and kept 0600. Former keys verify what they signed. */
export function createLocalIssuer(dataDir: string): LocalIssuer {
  const own = keptText(keyPath(dataDir), newSigningKey, signingKeyFromText)
  const { kid, privateKey } = own
  const publicKeys = publicJwks([own, ...formerKeys(dataDir, 'issuer')])
  return {
    sign: (claims) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'EdDSA', typ: 'JWT', kid })
        .setIssuer(localIssuerName)
        .setAudience(tokenAudience)
        .setIssuedAt()
        .setExpirationTime(lifetime)
        .sign(privateKey),
    keys: createLocalJWKSet({ keys: publicKeys }),
    publicKeys,
  }
}

/** True once a server has started here: before, there is no key to sign with. */
export function hasLocalIssuer(dataDir: string): boolean {
  return textIfThere(keyPath(dataDir)) !== null
}

function keyPath(dataDir: string): string {
  return join(dataDir, 'keys', 'issuer-key.pem')
}
