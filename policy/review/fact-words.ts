import type { KnownRow } from '../decide.ts'
import type { RowFacts } from '../types.ts'
import type { Words } from './words.ts'

const words: { readonly [fact in keyof KnownRow]: Readonly<Record<KnownRow[fact], Words>> } = {
  relation: {
    SELF: { vi: 'dữ liệu của chính mình', en: 'own data' },
    REPRESENTATIVE: { vi: 'dữ liệu của người mình đại diện', en: 'data of whom they represent' },
    OTHER: { vi: 'dữ liệu của người khác', en: 'data of others' },
  },
  subjectClass: {
    NONE: { vi: 'không về ai', en: 'of nobody' },
    ADULT: { vi: 'người lớn', en: 'adults' },
    CHILD_UNDER_7: { vi: 'trẻ dưới 7 tuổi', en: 'children under 7' },
    CHILD_7_17: { vi: 'trẻ từ 7 đến dưới 18 tuổi', en: 'children of 7 to 17' },
    REPRESENTED: { vi: 'người được giám hộ', en: 'represented adults' },
    DECEASED: { vi: 'người đã chết', en: 'the deceased' },
  },
  jurisdiction: {
    INSIDE: { vi: 'trong địa bàn', en: 'within jurisdiction' },
    OUTSIDE: { vi: 'ngoài địa bàn', en: 'outside jurisdiction' },
  },
  consent: {
    NONE: { vi: 'chưa có sự đồng ý', en: 'no consent' },
    LIVE: { vi: 'có sự đồng ý còn hiệu lực cho trường này', en: 'a live consent for this field' },
    VERIFY_ONLY: { vi: 'sự đồng ý chỉ để xác nhận', en: 'a consent to verify alone' },
    EXPIRED: { vi: 'sự đồng ý đã hết hạn', en: 'an expired consent' },
    WITHDRAWN: { vi: 'sự đồng ý đã rút', en: 'a withdrawn consent' },
  },
  case: {
    COVERS: { vi: 'có hồ sơ đang mở cho trường này', en: 'an open case for this field' },
    NONE: { vi: 'không có hồ sơ đang mở', en: 'no open case' },
  },
  approval: {
    GIVEN: { vi: 'được người thứ hai phê duyệt, còn hiệu lực', en: 'a live approval by a second person' },
    NONE: { vi: 'chưa được người thứ hai phê duyệt', en: 'no approval by a second person' },
  },
  volume: {
    WITHIN: { vi: 'số người đã đọc chưa tới ngưỡng QĐ 20/2025', en: 'people read below the threshold of QĐ 20/2025' },
    IMPORTANT: { vi: 'số người đã đọc tới ngưỡng quan trọng', en: 'people read at the threshold of important data' },
    CORE: { vi: 'số người đã đọc tới ngưỡng cốt lõi', en: 'people read at the threshold of core data' },
  },
}
const unknown: Words = { vi: 'chỉ biết khi đã tìm thấy dòng', en: 'known only at the row' }

/** One value of one axis of the decision, in words. */
export function factWords<Fact extends keyof KnownRow>(fact: Fact, value: RowFacts[Fact]): Words {
  return value === 'UNKNOWN' ? unknown : words[fact][value as KnownRow[Fact]]
}
