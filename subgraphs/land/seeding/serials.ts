/** Gives each certificate its serial, and the number it has in the registry. */
export type Serials = { issueNo: (issuedAt: string) => string; registryNo: (issuedAt: string) => string }

const letters = 'ABCDEGHKLMNPQRSTUVXY'
/** Coprime to every power of ten, so that the numbers of a series come in no order but each once. */
const stride = 7919

/**
 * Serials of the form of their day: one letter and six digits before December 2009, two and six until 2024, two and eight
 * from 2025 (modelled; the circulars' texts were not at hand). The series AA of 2025 is left to fixed certificates.
 */
export function createSerials(): Serials {
  const counts = { first: 0, second: 0, third: 0, registry: 0 }
  const numbered = (count: number, digits: number): string =>
    String((count * stride) % 10 ** digits).padStart(digits, '0')
  const pair = (block: number): string =>
    `${letters[Math.floor(block / letters.length) % letters.length]}${letters[block % letters.length]}`
  return {
    issueNo: (issuedAt) => {
      if (issuedAt >= '2025-01-01') return `${pair(1 + Math.floor(counts.third / 1e8))} ${numbered(counts.third++, 8)}`
      if (issuedAt >= '2009-12-10')
        return `${pair(20 + Math.floor(counts.second / 1e6))} ${numbered(counts.second++, 6)}`
      return `${letters[Math.floor(counts.first / 1e6) % letters.length]} ${numbered(counts.first++, 6)}`
    },
    registryNo: (issuedAt) =>
      `${issuedAt >= '2015-01-01' ? 'CS' : 'CH'} ${String(1 + (counts.registry++ % 999_999)).padStart(5, '0')}`,
  }
}
