import type { Detail } from '../../policy/errors.ts'
import { refuse } from './user-error.ts'

/** What a grantee asks for: `RequestConsentInput`. Dates are ISO 8601. */
export type ConsentTerms = {
  subject: string
  coordinates: readonly string[]
  mode: 'VIEW' | 'VERIFY'
  dataFrom: string | null
  dataTo: string | null
  notBefore: string | null
  notAfter: string
  maxReads: number | null
  retentionDays: number
  refusalConsequence: string
  refusalConsequenceEn: string
  reference: string | null
  replaces: string | null
}

const unstated = { dataFrom: null, dataTo: null, notBefore: null, maxReads: null, reference: null, replaces: null }

/** Reads the terms of a request. Ends the mutation, naming the input field, where the database would refuse them. */
export function termsFrom(input: unknown, now: Date): ConsentTerms {
  const terms = { ...unstated, ...(input as ConsentTerms) }
  for (const [field, isRight, detail] of checks(terms, now.getTime())) {
    if (!isRight) refuse('BAD_USER_INPUT', detail, ['input', field])
  }
  return terms
}

/** Printable text on one line: what the grantee writes stands inside the notice and may not imitate it. */
const isPlain = (text: string): boolean => /^[^\p{C}\p{Zl}\p{Zp}]{10,500}$/u.test(text)
const isWithin = (number: number | null, min: number, max: number): boolean =>
  number === null || (number >= min && number <= max)
const fiveYears = 5 * 365 * 86_400_000

function checks(terms: ConsentTerms, now: number): [keyof ConsentTerms, boolean, Detail][] {
  const begins = terms.notBefore === null ? now : Date.parse(terms.notBefore)
  const ends = Date.parse(terms.notAfter)
  const plain = { vi: 'cần 10 đến 500 ký tự trên một dòng', en: '10 to 500 characters on one line' }
  return [
    [
      'notAfter',
      begins < ends && now < ends && ends <= begins + fiveYears,
      {
        vi: 'thời hạn hiệu lực ở tương lai và không quá 5 năm',
        en: 'its validity lies ahead and lasts 5 years at most',
      },
    ],
    [
      'dataTo',
      terms.dataFrom === null || terms.dataTo === null || terms.dataFrom <= terms.dataTo,
      { vi: 'khoảng thời gian của dữ liệu bị ngược', en: 'the data period ends before it begins' },
    ],
    [
      'maxReads',
      isWithin(terms.maxReads, 1, 1_000_000),
      { vi: 'số lần đọc từ 1 đến 1.000.000', en: 'reads are 1 to 1,000,000' },
    ],
    [
      'retentionDays',
      isWithin(terms.retentionDays, 0, 3_650),
      { vi: 'thời gian lưu giữ từ 0 đến 3.650 ngày', en: 'data is kept 0 to 3,650 days' },
    ],
    ['refusalConsequence', isPlain(terms.refusalConsequence), plain],
    ['refusalConsequenceEn', isPlain(terms.refusalConsequenceEn), plain],
    [
      'reference',
      terms.reference === null || /^[\w./-]{1,64}$/.test(terms.reference),
      { vi: 'gồm 1 đến 64 chữ, số, dấu . / - _', en: 'it is 1 to 64 letters, digits and . / - _' },
    ],
  ]
}
