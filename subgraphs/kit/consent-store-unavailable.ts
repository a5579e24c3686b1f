/** The error of a consent store that could not be asked: nothing is decided, so nothing is answered (design I8). */
export function consentStoreUnavailable(why: string, cause?: unknown): Error & { code: 'CONSENT_STORE_UNAVAILABLE' } {
  return Object.assign(new Error(`the consent store is unavailable: ${why}`, { cause }), {
    code: 'CONSENT_STORE_UNAVAILABLE',
  } as const)
}

/** True for the error above. */
export function isConsentStoreUnavailable(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'CONSENT_STORE_UNAVAILABLE'
}
