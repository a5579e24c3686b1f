import type { SignedInPersona } from '../identity/sign-in.ts'

/** What `/` serves. */
export type ConsolePage = {
  /** Folder of the built page; null while it is being built, or where it could not be. */
  folder: () => string | null
  /** The personas with fresh tokens; null where personas don't exist. */
  personas: (() => Promise<readonly SignedInPersona[]>) | null
}
