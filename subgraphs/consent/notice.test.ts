import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { noticeHash, renderNotice, type NoticeFacts } from './notice.ts'

const item = {
  coordinate: 'Citizen.fullName',
  name: { vi: 'Họ và tên', en: 'Full name' },
  holder: { vi: 'Bộ Công an', en: 'Ministry' },
  isSensitive: false,
  isInWriting: false,
}
const facts: NoticeFacts = {
  grantee: { id: 'BANK-DEMO', vi: 'Ngân hàng mẫu', en: 'Sample Bank' },
  purpose: { code: 'CREDIT_ASSESSMENT', vi: 'Đánh giá tín dụng', en: 'Credit assessment' },
  items: [item],
  mode: 'VIEW',
  dataFrom: null,
  dataTo: null,
  notBefore: null,
  notAfter: '2027-01-01T00:00:00Z',
  maxReads: null,
  retentionDays: 30,
  consequence: { vi: 'Không xét hồ sơ', en: 'No assessment' },
}

describe('renderNotice', () => {
  it('names grantee, purpose, each field with its holder, validity, retention, consequence and rights', () => {
    const { vi, en, hash, hasSensitiveNotice } = renderNotice({
      ...facts,
      maxReads: 3,
      dataFrom: '2025-01-01',
      dataTo: '2025-12-31',
    })
    expect(vi.split('\n')).toEqual([
      'Yêu cầu đồng ý cho xử lý dữ liệu cá nhân',
      'Bên yêu cầu, là bên kiểm soát dữ liệu nhận được: Ngân hàng mẫu (BANK-DEMO)',
      'Mục đích duy nhất: Đánh giá tín dụng (CREDIT_ASSESSMENT)',
      'Dữ liệu được yêu cầu:',
      '- Họ và tên (Citizen.fullName); cơ quan quản lý: Bộ Công an',
      'Hình thức: xem giá trị',
      'Chỉ dữ liệu phát sinh từ ngày 2025-01-01 đến hết ngày 2025-12-31',
      'Hiệu lực: từ khi đồng ý đến 2027-01-01T00:00:00Z; nhiều nhất 3 lần đọc',
      'Bên yêu cầu lưu giữ dữ liệu nhiều nhất 30 ngày',
      'Nếu từ chối: Không xét hồ sơ',
      expect.stringContaining('Im lặng không phải là đồng ý'),
    ])
    expect(en).toContain('- Full name (Citizen.fullName); held by Ministry')
    expect([hash, hasSensitiveNotice]).toEqual([noticeHash(vi, en), false])
  })

  it('says that data is sensitive where any of it is, and only then (Decree 356/2025 Art. 6(4))', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 6 }), (flags) => {
        const { vi, en, hasSensitiveNotice } = renderNotice({
          ...facts,
          items: flags.map((isSensitive) => ({ ...item, isSensitive })),
        })
        const isAny = flags.includes(true)
        expect([hasSensitiveNotice, vi.includes('Điều 6 khoản 4'), en.includes('Art. 6(4)')]).toEqual([
          isAny,
          isAny,
          isAny,
        ])
      }),
    )
  })

  it('gives another hash for any other fact', () => {
    const texts: NoticeFacts[] = [
      facts,
      { ...facts, mode: 'VERIFY' },
      { ...facts, retentionDays: 31 },
      { ...facts, maxReads: 1 },
      { ...facts, notBefore: '2026-12-01T00:00:00Z' },
      { ...facts, items: [{ ...item, isInWriting: true }] },
      { ...facts, items: [item, { ...item, coordinate: 'Citizen.otherName' }] },
      { ...facts, consequence: { ...facts.consequence, en: 'Nothing happens' } },
    ]
    expect(new Set(texts.map((one) => renderNotice(one).hash)).size).toBe(texts.length)
    expect(renderNotice(facts)).toEqual(renderNotice({ ...facts }))
  })
})
