/** Every error a caller can meet, in both languages. No sentence carries a value, a host, a query or a stack (design I7). */
import { requestApproval, requestConsent, retry, simply, statePurpose, stepUp, useAggregates } from './remedies.ts'
import type { ErrorPlace, Remedy } from './remedies.ts'
import type { ErrorCode } from './types.ts'

/** One line of the catalogue. */
export type Problem = {
  vi: string
  en: string
  /** HTTP status (RFC 9110) when the whole request is refused; a denied field leaves the answer at 200. */
  status: number
  remedy: (at: ErrorPlace) => Remedy
}

/** Every code of the contract, in the contract's order. */
export const errorCatalogue: Readonly<Record<ErrorCode, Problem>> = Object.freeze({
  UNAUTHENTICATED: {
    vi: 'cần đăng nhập bằng một mã truy cập hợp lệ',
    en: 'a valid access token is needed',
    status: 401,
    remedy: () => ({ action: 'SIGN_IN', header: 'Authorization' }),
  },
  PURPOSE_REQUIRED: {
    vi: 'cần nêu mục đích xử lý dữ liệu',
    en: 'the purpose of the request must be stated',
    status: 403,
    remedy: statePurpose,
  },
  PURPOSE_NOT_ALLOWED: {
    vi: 'mục đích này không mở trường dữ liệu này hoặc tổ chức không được nêu mục đích này',
    en: 'this purpose does not open this field, or the organisation may not state it',
    status: 403,
    remedy: statePurpose,
  },
  CASE_REQUIRED: {
    vi: 'cần số hồ sơ đang mở của người này',
    en: 'the number of an open case of this person is needed',
    status: 403,
    remedy: () => ({ action: 'STATE_CASE', header: 'X-Case' }),
  },
  APPROVAL_REQUIRED: {
    vi: 'cần người thứ hai phê duyệt',
    en: 'the approval of a second person is needed',
    status: 403,
    remedy: requestApproval,
  },
  ASSURANCE_TOO_LOW: {
    vi: 'cần đăng nhập ở mức xác thực cao hơn',
    en: 'a sign-in at a higher authentication level is needed',
    status: 403,
    remedy: stepUp,
  },
  CLASSIFICATION_DENIED: {
    vi: 'phân loại của trường dữ liệu không cho phép đọc theo yêu cầu này',
    en: 'the classification of this field does not open it to this request',
    status: 403,
    remedy: simply('OMIT_FIELD'),
  },
  CONSENT_REQUIRED: {
    vi: 'cần sự đồng ý của chủ thể dữ liệu',
    en: 'the consent of the data subject is needed',
    status: 403,
    remedy: requestConsent,
  },
  CONSENT_EXPIRED: {
    vi: 'sự đồng ý của chủ thể dữ liệu đã hết hạn hoặc đã dùng hết',
    en: 'the consent of the data subject has expired or is used up',
    status: 403,
    remedy: requestConsent,
  },
  CONSENT_WITHDRAWN: {
    vi: 'chủ thể dữ liệu đã rút lại sự đồng ý',
    en: 'the data subject has withdrawn the consent',
    status: 403,
    remedy: requestConsent,
  },
  OUT_OF_JURISDICTION: {
    vi: 'dữ liệu nằm ngoài địa bàn phụ trách',
    en: 'the data lies outside the area the caller is responsible for',
    status: 403,
    remedy: simply('ASK_COMPETENT_AGENCY'),
  },
  VERIFY_ONLY: {
    vi: 'chỉ được đối chiếu đúng hay sai, không được đọc giá trị',
    en: 'the value may only be verified, not read',
    status: 403,
    remedy: simply('VERIFY'),
  },
  AGGREGATE_ONLY: {
    vi: 'chỉ được đọc số liệu tổng hợp, không được đọc dữ liệu của từng người',
    en: 'only aggregates may be read, never the row of a person',
    status: 403,
    remedy: useAggregates,
  },
  VOLUME_LIMIT: {
    vi: 'đã tới ngưỡng số người được đọc',
    en: 'the limit on the number of people read has been reached',
    status: 429,
    remedy: simply('REQUEST_BUDGET'),
  },
  NOT_FOUND: {
    vi: 'không tìm thấy',
    en: 'nothing was found',
    status: 404,
    remedy: simply('CORRECT_INPUT'),
  },
  BAD_USER_INPUT: {
    vi: 'yêu cầu không hợp lệ',
    en: 'the request is not valid',
    status: 400,
    remedy: simply('CORRECT_INPUT'),
  },
  QUERY_TOO_COMPLEX: {
    vi: 'truy vấn quá lớn hoặc quá phức tạp',
    en: 'the query is too large or too complex',
    status: 400,
    remedy: simply('SPLIT_QUERY'),
  },
  RATE_LIMITED: {
    vi: 'quá nhiều yêu cầu trong thời gian ngắn',
    en: 'too many requests in a short time',
    status: 429,
    remedy: retry(60),
  },
  VERIFICATION_LIMIT: {
    vi: 'đã thử đối chiếu quá nhiều giá trị khác nhau về người này',
    en: 'too many different values of this claim were tried about this person',
    status: 429,
    remedy: simply('ASK_THE_PERSON'),
  },
  CONSENT_STORE_UNAVAILABLE: {
    vi: 'chưa kiểm tra được sự đồng ý nên không trả dữ liệu',
    en: 'consent could not be checked, so no data is given',
    status: 503,
    remedy: retry(5),
  },
  COUNT_UNAVAILABLE: {
    vi: 'chưa đếm được số người được đọc nên không trả dữ liệu',
    en: 'the people read could not be counted, so no data is given',
    status: 503,
    remedy: retry(5),
  },
  LOG_UNAVAILABLE: {
    vi: 'chưa ghi được nhật ký nên không trả dữ liệu',
    en: 'the disclosure could not be recorded, so no data is given',
    status: 503,
    remedy: retry(5),
  },
  SUBGRAPH_UNAVAILABLE: {
    vi: 'một bộ phận của hệ thống tạm thời không truy cập được',
    en: 'a part of the system can not be reached at the moment',
    status: 503,
    remedy: retry(5),
  },
  TIMEOUT: {
    vi: 'yêu cầu mất quá nhiều thời gian',
    en: 'the request took too long',
    status: 504,
    remedy: retry(5),
  },
  INTERNAL: {
    vi: 'có lỗi trong hệ thống',
    en: 'something went wrong inside the system',
    status: 500,
    remedy: (at) => ({ action: 'REPORT', requestId: at.requestId ?? null }),
  },
})
