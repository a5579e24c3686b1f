/** One text in both languages. */
export type Words = { vi: string; en: string }

/** Several texts as one, with the same sign between them in both languages. */
export function joined(words: readonly Words[], between: string): Words {
  return { vi: words.map(({ vi }) => vi).join(between), en: words.map(({ en }) => en).join(between) }
}

/** Alternatives. */
export function either(words: readonly Words[]): Words {
  return { vi: words.map(({ vi }) => vi).join(' hoặc '), en: words.map(({ en }) => en).join(' or ') }
}
