import type { Persona } from '../synthetic/personas.ts'

/** What `/` serves. */
export type ConsolePage = {
  /** Folder of the built page; null while it is being built, or where it could not be. */
  folder: () => string | null
  /** The personas with their tokens; null where personas don't exist. */
  personas: (() => Promise<readonly SignedInPersona[]>) | null
}

/** A persona as the page shows it. Token is null for nobody. */
export type SignedInPersona = Pick<Persona, 'persona' | 'vi' | 'en' | 'purposes' | 'allowed' | 'denied'> & {
  personalId: string | null
  token: string | null
  caseNumber: string | null
}
