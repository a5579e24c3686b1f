import { createHash } from 'node:crypto'

/** A name in both languages. */
export type Named = { vi: string; en: string }

/** Everything the text of a consent request says. Dates are ISO 8601. */
export type NoticeFacts = {
  grantee: Named & { id: string }
  purpose: Named & { code: string }
  items: readonly { coordinate: string; name: Named; holder: Named; isSensitive: boolean; isInWriting: boolean }[]
  mode: 'VIEW' | 'VERIFY'
  dataFrom: string | null
  dataTo: string | null
  notBefore: string | null
  notAfter: string
  maxReads: number | null
  retentionDays: number
  consequence: Named
}

/** The text as it is shown, and the hash a confirmation is bound to. */
export type Notice = Named & { hash: string; hasSensitiveNotice: boolean }

/**
 * Renders what Law 91/2025 Art. 9 wants a person told before consenting: which data, for what, who holds and who gets
 * it, their rights; and the sentence of Decree 356/2025 Art. 6(4) where any of it is sensitive. Deterministic: the
 * same facts give the same text and hash.
 */
export function renderNotice(facts: NoticeFacts): Notice {
  const vi = linesOf(facts, vietnamese).join('\n')
  const en = linesOf(facts, english).join('\n')
  return { vi, en, hash: noticeHash(vi, en), hasSensitiveNotice: facts.items.some((item) => item.isSensitive) }
}

/** SHA-256, in hex, of the Vietnamese and the English text with a blank line between; the database checks the same. */
export function noticeHash(vi: string, en: string): string {
  return createHash('sha256').update(`${vi}\n\n${en}`).digest('hex')
}

type Words = {
  pick: (name: Named) => string
  title: string
  grantee: string
  purpose: string
  data: string
  heldBy: string
  sensitive: string
  inWriting: string
  mode: Record<NoticeFacts['mode'], string>
  period: (from: string | null, to: string | null) => string
  validity: (from: string | null, to: string, reads: number | null) => string
  retention: (days: number) => string
  consequence: string
  sensitiveNotice: string
  rights: string
}

function linesOf(facts: NoticeFacts, words: Words): string[] {
  const { pick } = words
  const items = facts.items.map(({ coordinate, name, holder, isSensitive, isInWriting }) => {
    const marks = [...(isSensitive ? [words.sensitive] : []), ...(isInWriting ? [words.inWriting] : [])]
    return `- ${pick(name)} (${coordinate}); ${words.heldBy} ${pick(holder)}${marks.map((mark) => `; ${mark}`).join('')}`
  })
  return [
    words.title,
    `${words.grantee}: ${pick(facts.grantee)} (${facts.grantee.id})`,
    `${words.purpose}: ${pick(facts.purpose)} (${facts.purpose.code})`,
    `${words.data}:`,
    ...items,
    words.mode[facts.mode],
    ...(facts.dataFrom === null && facts.dataTo === null ? [] : [words.period(facts.dataFrom, facts.dataTo)]),
    words.validity(facts.notBefore, facts.notAfter, facts.maxReads),
    words.retention(facts.retentionDays),
    `${words.consequence}: ${pick(facts.consequence)}`,
    ...(facts.items.some((item) => item.isSensitive) ? [words.sensitiveNotice] : []),
    words.rights,
  ]
}

const vietnamese: Words = {
  pick: ({ vi }) => vi,
  title: 'Yêu cầu đồng ý cho xử lý dữ liệu cá nhân',
  grantee: 'Bên yêu cầu, là bên kiểm soát dữ liệu nhận được',
  purpose: 'Mục đích duy nhất',
  data: 'Dữ liệu được yêu cầu',
  heldBy: 'cơ quan quản lý:',
  sensitive: 'dữ liệu cá nhân nhạy cảm',
  inWriting: 'chỉ cung cấp khi có yêu cầu bằng văn bản của chủ thể',
  mode: { VIEW: 'Hình thức: xem giá trị', VERIFY: 'Hình thức: chỉ đối chiếu đúng hay sai, không xem giá trị' },
  period: (from, to) =>
    `Chỉ dữ liệu phát sinh ${from === null ? '' : `từ ngày ${from} `}${to === null ? 'đến nay' : `đến hết ngày ${to}`}`,
  validity: (from, to, reads) =>
    `Hiệu lực: ${from === null ? 'từ khi đồng ý' : `từ ${from}`} đến ${to}${reads === null ? '' : `; nhiều nhất ${reads} lần đọc`}`,
  retention: (days) => `Bên yêu cầu lưu giữ dữ liệu nhiều nhất ${days} ngày`,
  consequence: 'Nếu từ chối',
  sensitiveNotice:
    'Lưu ý: trong dữ liệu được yêu cầu có dữ liệu cá nhân nhạy cảm (Nghị định 356/2025/NĐ-CP, Điều 6 khoản 4).',
  rights:
    'Ông/bà có quyền đồng ý với từng trường, từ chối tất cả, hạn chế hoặc rút lại sự đồng ý bất cứ lúc nào; việc rút lại có hiệu lực ngay ' +
    'và không ảnh hưởng đến việc xử lý trước đó. Im lặng không phải là đồng ý (Luật 91/2025/QH15, Điều 9 và Điều 10).',
}

const english: Words = {
  pick: ({ en }) => en,
  title: 'Request for consent to process personal data',
  grantee: 'Asked by, and controller of what it receives',
  purpose: 'The only purpose',
  data: 'Data asked for',
  heldBy: 'held by',
  sensitive: 'sensitive personal data',
  inWriting: 'given on the written request of the subject alone',
  mode: { VIEW: 'Form: the values are read', VERIFY: 'Form: a yes or no to a value brought along; none is read' },
  period: (from, to) =>
    `Only data ${from === null ? '' : `from ${from} `}${to === null ? 'until now' : `to the end of ${to}`}`,
  validity: (from, to, reads) =>
    `In force ${from === null ? 'from the consent' : `from ${from}`} to ${to}${reads === null ? '' : `; ${reads} reads at most`}`,
  retention: (days) => `The asking party keeps the data for ${days} days at most`,
  consequence: 'If you refuse',
  sensitiveNotice:
    'Please note: the data asked for includes sensitive personal data (Decree 356/2025/ND-CP, Art. 6(4)).',
  rights:
    'You may agree to each field by itself, refuse all, and restrict or withdraw your consent at any time; a withdrawal takes effect at once ' +
    'and leaves earlier processing lawful. Silence is not consent (Law 91/2025/QH15, Art. 9 and 10).',
}
