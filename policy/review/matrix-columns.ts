import type { AccessCell } from './access-matrix.ts'

type Column = {
  /** Name of the CSV column. */
  key: string
  vi: string
  en: string
  of: (cell: AccessCell) => string
  /** Width in a spreadsheet, in characters. */
  width: number
}

/** The columns of the matrix in every format, in their order. */
export const matrixColumns: readonly Column[] = [
  { key: 'coordinate', vi: 'Trường', en: 'Field', width: 34, of: ({ coordinate }) => coordinate },
  { key: 'purpose', vi: 'Mục đích', en: 'Purpose', width: 28, of: ({ purpose }) => purpose },
  { key: 'kind', vi: 'Loại người hỏi', en: 'Kind of caller', width: 14, of: ({ kind }) => kind },
  { key: 'organisation', vi: 'Loại tổ chức', en: 'Organisation', width: 18, of: (cell) => cell.organisationKind ?? '' },
  { key: 'role', vi: 'Vai trò', en: 'Role', width: 26, of: ({ role }) => role ?? '' },
  { key: 'level', vi: 'Mức', en: 'Level', width: 7, of: ({ level }) => level },
  { key: 'outcome', vi: 'Kết quả', en: 'Outcome', width: 17, of: ({ outcome }) => outcome },
  { key: 'rule', vi: 'Quy tắc', en: 'Rule', width: 34, of: ({ rule }) => rule },
  { key: 'basis', vi: 'Căn cứ', en: 'Basis', width: 16, of: ({ basis }) => basis },
  { key: 'citation', vi: 'Viện dẫn', en: 'Citation', width: 42, of: ({ citation }) => citation },
  { key: 'proposal', vi: 'Đề xuất', en: 'Proposal', width: 10, of: ({ proposal }) => (proposal ? 'proposal' : '') },
  { key: 'conditions_vi', vi: 'Điều kiện', en: 'Conditions', width: 70, of: ({ conditions }) => conditions.vi },
  {
    key: 'conditions_en',
    vi: 'Điều kiện (tiếng Anh)',
    en: 'Conditions (English)',
    width: 70,
    of: ({ conditions }) => conditions.en,
  },
]
