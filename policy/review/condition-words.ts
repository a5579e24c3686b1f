import { isCounted } from '../decide.ts'
import type { Rule } from '../rule.ts'

/** One text in both languages. */
export type Words = { vi: string; en: string }

const relations: Readonly<Record<string, Words>> = {
  SELF: { vi: 'dữ liệu của chính mình', en: 'own data' },
  REPRESENTATIVE: { vi: 'dữ liệu của người mình đại diện', en: 'data of whom they represent' },
  OTHER: { vi: 'dữ liệu của người khác', en: 'data of others' },
}
const subjects: Readonly<Record<string, Words>> = {
  NONE: { vi: 'không về ai', en: 'of nobody' },
  ADULT: { vi: 'người lớn', en: 'adults' },
  CHILD_UNDER_7: { vi: 'trẻ dưới 7 tuổi', en: 'children under 7' },
  CHILD_7_17: { vi: 'trẻ từ 7 đến dưới 18 tuổi', en: 'children of 7 to 17' },
  REPRESENTED: { vi: 'người được giám hộ', en: 'represented adults' },
  DECEASED: { vi: 'người đã chết', en: 'the deceased' },
}

/** What else must hold for a rule to apply, in words for a reviewer; empty where nothing else must. */
export function conditionWords({ conditions, effect, basis }: Pick<Rule, 'conditions' | 'effect' | 'basis'>): Words {
  const words: Words[] = []
  const listed = (names: readonly string[], of: typeof relations): Words => ({
    vi: names.map((name) => of[name]?.vi ?? name).join(' hoặc '),
    en: names.map((name) => of[name]?.en ?? name).join(' or '),
  })
  if (conditions.relations) words.push(listed(conditions.relations, relations))
  if (conditions.subjects) words.push(listed(conditions.subjects, subjects))
  if (conditions.consent)
    words.push({ vi: 'có sự đồng ý còn hiệu lực cho trường này', en: 'a live consent for this field' })
  if (conditions.jurisdiction) words.push({ vi: 'trong địa bàn', en: 'within jurisdiction' })
  if (conditions.case) words.push({ vi: 'có hồ sơ đang mở cho trường này', en: 'an open case for this field' })
  if (conditions.approval)
    words.push({ vi: 'được người thứ hai phê duyệt, còn hiệu lực', en: 'a live approval by a second person' })
  if (conditions.account)
    words.push({ vi: `tài khoản mức ${conditions.account}`, en: `account level ${conditions.account}` })
  if (conditions.authn)
    words.push({ vi: `xác thực từ mức ${conditions.authn}`, en: `sign-in level ${conditions.authn} or more` })
  if (isCounted({ outcome: effect, basis }))
    words.push({
      vi: 'số người đã đọc chưa tới ngưỡng QĐ 20/2025',
      en: 'people read below the threshold of QĐ 20/2025',
    })
  return { vi: words.map(({ vi }) => vi).join('; '), en: words.map(({ en }) => en).join('; ') }
}
