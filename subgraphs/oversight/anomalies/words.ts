import type { SignKind } from './statements.ts'

type Words = { reason: string; reasonEn: string }

const relatives: Readonly<Record<string, readonly [vi: string, en: string]>> = {
  SPOUSE: ['vợ hoặc chồng', 'spouse'],
  PARENT: ['cha hoặc mẹ', 'parent'],
  CHILD: ['con', 'child'],
  SIBLING: ['anh, chị, em', 'sibling'],
  OTHER: ['người thân', 'relative'],
}

/** Why a sign is one, in both languages. `detail` is what its statement gave: a relation or a number. */
export function wordsOf(kind: SignKind, detail: string | null): Words {
  switch (kind) {
    case 'OWN_RELATIVE': {
      const [vi, en] = relatives[detail ?? ''] ?? ['người thân', 'relative']
      return { reason: `hỏi dữ liệu của người thân: ${vi}`, reasonEn: `asked for a relative's data: ${en}` }
    }
    case 'NO_CASE':
      return {
        reason: 'không nêu số hồ sơ trong khi mục đích này thường có',
        reasonEn: 'stated no case, where this purpose usually has one',
      }
    case 'OUTSIDE_OFFICE_HOURS':
      return { reason: 'đọc dữ liệu ngoài giờ hành chính', reasonEn: 'read data outside office hours' }
    case 'READ_BY_MANY':
      return {
        reason: `${detail ?? ''} người hoặc hệ thống đọc cùng một người trong một ngày`,
        reasonEn: `${detail ?? ''} callers read one person on one day`,
      }
    case 'ENUMERATION':
      return {
        reason: `hỏi quá nhiều người trong thời gian ngắn; ${detail ?? ''} người bị từ chối`,
        reasonEn: `asked about too many people in a short time; ${detail ?? ''} were refused`,
      }
  }
}

/** The same for a budget. */
export function budgetWords(read: number, important: number, personalClass: 'BASIC' | 'SENSITIVE'): Words {
  const [vi, en] = personalClass === 'BASIC' ? ['cơ bản', 'basic'] : ['nhạy cảm', 'sensitive']
  return {
    reason: `đã đọc dữ liệu ${vi} của khoảng ${read} người; ngưỡng ${important}`,
    reasonEn: `read ${en} data of about ${read} people; the threshold is ${important}`,
  }
}
