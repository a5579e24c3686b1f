import type { RecordFault } from './stored-record.ts'

/** What can be wrong with a log, where it was found, and between which leaves (counted from 0) it must lie. */
export type LogFault = {
  kind: keyof typeof faultWords
  leaf?: number
  line?: number
  writer?: string
  /** Counters that are missing, or the one that is wrong. */
  counters?: readonly [from: number, until: number]
  /** Size of the head or of the tree that was expected. */
  size?: number
}

type Words = { vi: string; en: string }

/** Each kind of fault in words. */
export const faultWords = {
  NOT_AN_EXPORT: { vi: 'tệp không phải bản xuất của nhật ký', en: 'the file is no export of a log' },
  UNREADABLE_LINE: { vi: 'dòng không đọc được', en: 'a line can not be read' },
  CHANGED_RECORD: { vi: 'bản ghi đã bị sửa', en: 'a record was changed: it is not what its leaf hash stands for' },
  NOT_CANONICAL: { vi: 'bản ghi không ở dạng chuẩn', en: 'a record is not in its canonical form' },
  MISPLACED_RECORD: {
    vi: 'bản ghi nói một vị trí khác',
    en: 'a record says another place, writer or time than its line',
  },
  CHANGED_ENTRY: {
    vi: 'một phần của bản ghi đã bị sửa hoặc bỏ',
    en: 'an entry of a record was changed, added or removed',
  },
  UNKNOWN_KEY: { vi: 'khóa ký không thuộc các khóa đã công bố', en: 'the signing key is none of the published ones' },
  BAD_SIGNATURE: {
    vi: 'chữ ký của tiến trình ghi không đúng',
    en: "the writer's signature does not hold: changed or forged",
  },
  CHAIN_BROKEN: {
    vi: 'bản ghi không nối tiếp bản ghi trước của cùng tiến trình',
    en: 'a record does not follow the one before it: that one is not what its writer signed',
  },
  GAP: { vi: 'thiếu bản ghi của một tiến trình', en: 'records of a writer are missing: its counter has a gap' },
  REPEATED: { vi: 'số thứ tự của tiến trình lặp lại hoặc lùi', en: "a writer's counter repeats or goes back" },
  EXPIRED_TOO_EARLY: {
    vi: 'nội dung bị bỏ trước thời hạn lưu',
    en: 'a record has no body although the time it is kept for has not passed',
  },
  BAD_HEAD: { vi: 'đầu cây có chữ ký không đúng', en: 'a tree head is not signed by a published key' },
  HEAD_DIFFERS: {
    vi: 'các lá không cho ra gốc mà đầu cây đã ký',
    en: 'the leaves do not give the root that was signed: changed, removed, added or swapped before here',
  },
  HEAD_OUT_OF_ORDER: { vi: 'đầu cây không theo thứ tự', en: 'tree heads do not follow each other in size and time' },
  TRUNCATED: { vi: 'nhật ký bị cắt cuối', en: 'the log was cut: fewer leaves than were signed or witnessed' },
  NO_END: { vi: 'tệp bị cắt', en: 'the file was cut: its last line is missing or says another number' },
  BAD_WITNESS: { vi: 'dòng của bên chứng kiến không đúng', en: 'a line of the witness is not signed by a known key' },
  WITNESS_DIFFERS: {
    vi: 'bên chứng kiến đã thấy một nhật ký khác',
    en: 'the witness saw other leaves: the log was rewritten before this size',
  },
} as const satisfies Record<RecordFault, Words> & Record<string, Words>
