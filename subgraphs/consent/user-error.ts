import { errorCatalogue } from '../../policy/error-catalogue.ts'
import type { Detail } from '../../policy/errors.ts'
import type { ErrorCode } from '../../policy/types.ts'

/** Why a mutation did nothing, as a value a form can show beside the field it names. */
export type UserError = { code: ErrorCode; message: string; messageEn: string; field: readonly string[] | null }

/** Thrown inside a mutation to end it, and its transaction, with an answer rather than a failure. */
type Refusal = Error & { userError: UserError }

/** Ends the mutation with an error of the catalogue. `detail` is the project's own words: no input, no value. */
export function refuse(code: ErrorCode, detail: Detail, field: readonly string[] | null = null): never {
  const { vi, en } = errorCatalogue[code]
  const userError = { code, message: `${vi}: ${detail.vi}`, messageEn: `${en}: ${detail.en}`, field }
  throw Object.assign(new Error(code), { userError }) satisfies Refusal
}

/** What the database itself refuses (migrations/003_guards.sql, 011_approvals.sql), in the catalogue's words. */
const refusals: Readonly<Record<string, { code: ErrorCode; detail: Detail }>> = {
  CN001: {
    code: 'BAD_USER_INPUT',
    detail: { vi: 'trạng thái hiện tại không cho phép bước này', en: 'its present state does not allow this step' },
  },
  CN002: {
    code: 'RATE_LIMITED',
    detail: { vi: 'tổ chức đã gửi quá nhiều yêu cầu đồng ý', en: 'the organisation made too many consent requests' },
  },
  CN003: {
    code: 'NOT_FOUND',
    detail: { vi: 'không có yêu cầu nào để người này quyết định', en: 'there is nothing for this person to decide' },
  },
  CN004: {
    code: 'BAD_USER_INPUT',
    detail: {
      vi: 'nội dung thông báo đã hiển thị không phải nội dung của yêu cầu này',
      en: 'the notice shown is not the one of this request',
    },
  },
  CN005: {
    code: 'BAD_USER_INPUT',
    detail: { vi: 'phạm vi vượt quá điều đã được yêu cầu', en: 'the scope goes beyond what was asked' },
  },
  CN006: {
    code: 'ASSURANCE_TOO_LOW',
    detail: { vi: 'dữ liệu nhạy cảm cần mức xác thực 3', en: 'sensitive data needs authentication level 3' },
  },
  CN007: {
    code: 'CONSENT_EXPIRED',
    detail: { vi: 'đã hết thời hạn', en: 'its time is over' },
  },
  CN008: {
    code: 'BAD_USER_INPUT',
    detail: {
      vi: 'người thứ hai phải là người khác với người yêu cầu và người được đọc',
      en: 'the second person is another than who asks and who reads',
    },
  },
  CN009: {
    code: 'PURPOSE_NOT_ALLOWED',
    detail: {
      vi: 'một trường hợp khẩn cấp trước đây đã quá hạn xem xét, hoặc bị kết luận là không có căn cứ và chưa hết thời hạn cấm',
      en: 'an earlier emergency is overdue for its review, or was found unjustified and the bar has not ended',
    },
  },
  CN010: {
    code: 'RATE_LIMITED',
    detail: { vi: 'đã khai báo quá nhiều trường hợp khẩn cấp', en: 'too many emergencies were declared' },
  },
  CN011: {
    code: 'RATE_LIMITED',
    detail: { vi: 'có quá nhiều đề nghị phê duyệt đang chờ', en: 'too many requests for approval wait for an answer' },
  },
  emergency_review_pkey: {
    code: 'BAD_USER_INPUT',
    detail: { vi: 'người giám sát này đã kết luận', en: 'this reviewer has said what they found' },
  },
  consent_open_request: {
    code: 'BAD_USER_INPUT',
    detail: {
      vi: 'đã có một yêu cầu đang chờ trả lời cho người và mục đích này',
      en: 'a request to this person for this purpose already waits',
    },
  },
  consent_confirmation_pkey: {
    code: 'BAD_USER_INPUT',
    detail: {
      vi: 'người này đã xác nhận, đang chờ người còn lại',
      en: 'this person has confirmed; the other one is awaited',
    },
  },
  case_file_pkey: {
    code: 'BAD_USER_INPUT',
    detail: { vi: 'số hồ sơ đã được ghi nhận', en: 'the case number is taken' },
  },
}

/** The answer an error stands for; null for a failure, which is not the caller's to see. */
export function userErrorFrom(error: unknown): UserError | null {
  if (!(error instanceof Error)) return null
  if ('userError' in error) return (error as Refusal).userError
  const { code, constraint } = error as { code?: string; constraint?: string }
  const known = refusals[constraint ?? ''] ?? refusals[code ?? '']
  if (known === undefined) return null
  const { vi, en } = errorCatalogue[known.code]
  return { code: known.code, message: `${vi}: ${known.detail.vi}`, messageEn: `${en}: ${known.detail.en}`, field: null }
}
