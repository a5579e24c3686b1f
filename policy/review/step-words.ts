import type { DecisionStep } from '../types.ts'
import type { PathStep } from './decision-path.ts'
import type { Words } from './words.ts'

/** The steps of a decision in words. */
export const stepWords: Readonly<Record<DecisionStep, Words>> = {
  secrecy: { vi: 'bí mật, cốt lõi', en: 'secrecy' },
  classified: { vi: 'phân loại', en: 'classification' },
  caller: { vi: 'người hỏi', en: 'caller' },
  purpose: { vi: 'mục đích', en: 'purpose' },
  basis: { vi: 'căn cứ', en: 'legal basis' },
  relation: { vi: 'quan hệ', en: 'relation' },
  consent: { vi: 'sự đồng ý', en: 'consent' },
  assurance: { vi: 'mức xác thực', en: 'assurance' },
  jurisdiction: { vi: 'địa bàn', en: 'jurisdiction' },
  case: { vi: 'hồ sơ', en: 'case' },
  approval: { vi: 'phê duyệt', en: 'approval' },
  owner: { vi: 'chủ quản', en: 'owner' },
  volume: { vi: 'số lượng', en: 'volume' },
}

/** How a step ended, in words. */
export const stateWords: Readonly<Record<PathStep['state'], Words>> = {
  PASSED: { vi: 'đạt', en: 'passed' },
  FAILED: { vi: 'không đạt', en: 'failed' },
  DEPENDS: { vi: 'tùy dòng', en: 'depends on the row' },
  NOT_REACHED: { vi: 'chưa xét', en: 'not reached' },
}
