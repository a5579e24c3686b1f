import { OAuth2Server } from 'oauth2-mock-server'
import { tokenAudience } from '../../identity/verifier.ts'
import { loadPersonas } from '../../synthetic/personas.ts'

/** An OIDC issuer as an identity provider runs one, which knows the personas. */
export type Issuer = {
  url: string
  /** A persona's token; null for nobody. `extra` claims win. */
  token: (persona: string, extra?: Record<string, unknown>) => Promise<string | null>
  close: () => Promise<void>
}

/** Starts an issuer on a free port of this machine. */
export async function openIssuer(): Promise<Issuer> {
  const server = new OAuth2Server()
  await server.issuer.keys.generate('ES256')
  await server.start(0, '127.0.0.1')
  const url = `http://127.0.0.1:${server.address().port}`
  server.issuer.url = url
  const personas = new Map(loadPersonas().map(({ persona, claims }) => [persona, claims]))
  return {
    url,
    token: async (persona, extra = {}) => {
      const claims = personas.get(persona)
      if (claims === undefined) throw new Error(`no persona ${persona}`)
      if (claims === null) return null
      return server.issuer.buildToken({
        scopesOrTransform: (_header, payload) => void Object.assign(payload, claims, { aud: tokenAudience }, extra),
      })
    },
    close: () => server.stop(),
  }
}
