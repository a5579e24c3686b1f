import type { OpenPage } from '../console/open-page.ts'
import type { LocalIssuer } from '../identity/local-issuer.ts'
import { signIn } from '../identity/sign-in.ts'
import type { SignedInPersona } from '../identity/sign-in.ts'
import { loadPersonas } from '../synthetic/personas.ts'

/** What `/` serves. */
export type ConsolePage = {
  /** Folder of the built page; null while it is being built, or where it could not be. */
  folder: () => string | null
  /** Resolves when the building is over, well or not. */
  ready: Promise<boolean>
  /** The personas with fresh tokens; null where personas don't exist. */
  personas: (() => Promise<readonly SignedInPersona[]>) | null
}

/** The page with the personas of the local issuer, or without any where an identity provider is configured. */
export function consolePageOf({ folder, ready }: OpenPage, issuer: LocalIssuer | null): ConsolePage {
  if (issuer === null) return { folder, ready, personas: null }
  const personas = loadPersonas()
  return { folder, ready, personas: () => Promise.all(personas.map((persona) => signIn(persona, issuer))) }
}
