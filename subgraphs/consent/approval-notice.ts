import type { GraphFacts } from '../kit/types.ts'
import type { ApprovalTerms } from './mutations/request-approval.ts'
import { noticeHash, type Named } from './notice.ts'

/** What the second person is told before answering. */
type ApprovalFacts = {
  terms: ApprovalTerms
  coordinates: readonly string[]
  graph: GraphFacts
  purpose: Named & { code: string }
  organisation: Named & { id: string }
  procedure: Named
  requestedBy: string
}

/** The text an approval is bound to, in both languages, and its hash. It names officers and fields, never whose data. */
export function approvalNotice(facts: ApprovalFacts): Named & { hash: string } {
  const vi = text(facts, 'vi', vietnamese)
  const en = text(facts, 'en', english)
  return { vi, en, hash: noticeHash(vi, en) }
}

type Words = Record<
  | 'title'
  | 'organisation'
  | 'case'
  | 'purpose'
  | 'data'
  | 'reader'
  | 'staff'
  | 'unit'
  | 'time'
  | 'minutes'
  | 'why'
  | 'by',
  string
> & { reasons: Record<ApprovalTerms['reason'], string>; duty: string }

function text(facts: ApprovalFacts, language: 'vi' | 'en', words: Words): string {
  const { terms, coordinates, graph, purpose, organisation, procedure, requestedBy } = facts
  const items = coordinates.map((coordinate) => {
    const name = graph.names.get(graph.classes.get(coordinate)?.dict ?? '')
    return `- ${name === undefined ? '' : `${name[language]} `}(${coordinate})`
  })
  const reader =
    typeof terms.unit === 'string' ? `${words.unit} ${terms.unit}` : `${words.staff} ${terms.staff ?? requestedBy}`
  const reference = typeof terms.reference === 'string' ? ` (${terms.reference})` : ''
  return [
    words.title,
    `${words.organisation}: ${organisation[language]} (${organisation.id})`,
    `${words.case}: ${terms.case}, ${procedure[language]}`,
    `${words.purpose}: ${purpose[language]} (${purpose.code})`,
    `${words.data}:`,
    ...items,
    `${words.reader}: ${reader}`,
    `${words.time}: ${terms.minutes} ${words.minutes}`,
    `${words.why}: ${words.reasons[terms.reason]}${reference}`,
    `${words.by}: ${requestedBy}`,
    words.duty,
  ].join('\n')
}

const vietnamese: Words = {
  title: 'Đề nghị người thứ hai phê duyệt việc đọc dữ liệu',
  organisation: 'Cơ quan',
  case: 'Hồ sơ',
  purpose: 'Mục đích',
  data: 'Dữ liệu',
  reader: 'Người được đọc',
  staff: 'cán bộ',
  unit: 'đơn vị',
  time: 'Thời hạn',
  minutes: 'phút kể từ khi phê duyệt',
  why: 'Lý do',
  by: 'Người đề nghị',
  reasons: {
    ORIGINAL_CHECK: 'đối chiếu với bản gốc',
    DISPUTE: 'giải quyết tranh chấp, khiếu nại',
    COMPETENT_REQUEST: 'theo yêu cầu của cơ quan có thẩm quyền',
    ERROR_CORRECTION: 'sửa sai sót của dữ liệu',
  },
  duty: 'Việc phê duyệt được ghi vào nhật ký; chủ thể dữ liệu thấy được. Có thể rút lại bất cứ lúc nào, có hiệu lực ngay.',
}

const english: Words = {
  title: 'A second person is asked to approve the reading of data',
  organisation: 'Organisation',
  case: 'Case',
  purpose: 'Purpose',
  data: 'Data',
  reader: 'Who reads',
  staff: 'officer',
  unit: 'unit',
  time: 'Time',
  minutes: 'minutes from the approval on',
  why: 'Reason',
  by: 'Asked by',
  reasons: {
    ORIGINAL_CHECK: 'comparing with the original',
    DISPUTE: 'settling a dispute or complaint',
    COMPETENT_REQUEST: 'at the request of a competent authority',
    ERROR_CORRECTION: 'correcting an error in the data',
  },
  duty: 'The approval is recorded and the data subject sees it. It can be withdrawn at any time, with effect at once.',
}
