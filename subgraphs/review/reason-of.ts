import { errorCatalogue } from '../../policy/error-catalogue.ts'
import type { ErrorCode } from '../../policy/types.ts'
import type { Words } from '../../policy/review/words.ts'

/** What a code means, in both languages; null for none. */
export function reasonOf(code: ErrorCode | null): Words | null {
  if (code === null) return null
  const { vi, en } = errorCatalogue[code]
  return { vi, en }
}
