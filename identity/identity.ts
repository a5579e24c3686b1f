import type { JWK } from 'jose'
import type { Config } from '../config/environment.ts'
import { createLocalIssuer, localIssuerName } from './local-issuer.ts'
import type { LocalIssuer } from './local-issuer.ts'
import { loadOrganisations } from './organisations.ts'
import { createRemoteKeys } from './remote-keys.ts'
import { createVerifier } from './verifier.ts'
import type { Verifier } from './verifier.ts'

/** Who may be believed about who asks: the same for the gateway and for a subgraph run alone. */
export type Identity = {
  verifier: Verifier
  /** Null once OIDC_ISSUER is set: then nobody signs in here. */
  localIssuer: LocalIssuer | null
  /** Public keys of the local issuer; empty with a remote one, which publishes its own. */
  publicKeys: readonly JWK[]
  /** False while the remote issuer does not answer. */
  ready: () => Promise<boolean>
}

/** The configured OIDC issuer, or the local one where none is configured. */
export async function createIdentity(config: Pick<Config, 'dataDir' | 'oidcIssuer'>): Promise<Identity> {
  const organisations = loadOrganisations()
  if (config.oidcIssuer !== null) {
    const { keys, reachable } = createRemoteKeys(config.oidcIssuer)
    const verifier = createVerifier({ issuer: config.oidcIssuer, keys, organisations })
    return { verifier, localIssuer: null, publicKeys: [], ready: reachable }
  }
  const localIssuer = createLocalIssuer(config.dataDir)
  const verifier = createVerifier({ issuer: localIssuerName, keys: localIssuer.keys, organisations })
  return { verifier, localIssuer, publicKeys: localIssuer.publicKeys, ready: () => Promise.resolve(true) }
}
