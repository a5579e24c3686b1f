import { expect, test } from 'vitest'
import { bothLanguages, loadFieldTexts } from './field-texts.ts'

const vietnamese = /[àáảãạăắằẳẵặâấầẩẫậđèéẻẽẹêếềểễệìíỉĩịòóỏõọôốồổỗộơớờởỡợùúủũụưứừửữựỳýỷỹỵ]/i
/** Numbers of decrees and names of units keep their letters in English. */
const names = /\b(?:NĐ|QĐ|TT|NQ|Luật)[^\s]*|"[^"]*"|`[^`]*`/g

test.each([
  ['Mã. Code.', 'Mã.', 'Code.'],
  ['Mã. Hai chữ số. Code. Two digits.', 'Mã. Hai chữ số.', 'Code. Two digits.'],
  ['Mã. Code. Two digits.', 'Mã.', 'Code. Two digits.'],
  ['Mã theo\n  quyết định. Code of\n  the decision.', 'Mã theo quyết định.', 'Code of the decision.'],
])('%j is both languages', (text, vi, en) => expect(bothLanguages(text)).toEqual({ vi, en }))

test('every field of the graph has a definition in each language', () => {
  const texts = [...loadFieldTexts()]
  expect(texts.length).toBeGreaterThan(900)
  const faults = texts.filter(
    ([, { vi, en }]) => !vietnamese.test(vi) || en === '' || vietnamese.test(en.replaceAll(names, '')),
  )
  expect(faults).toEqual([])
})

test('a field is a value of its own, or leads to others', () => {
  const texts = loadFieldTexts()
  expect(texts.get('Citizen.fullName')).toMatchObject({ type: 'String', isValue: true })
  expect(texts.get('Citizen.landRights')).toMatchObject({ isValue: false })
  expect(texts.get('AdminUnitVersion.unitType')).toMatchObject({ type: 'AdminUnitType!', isValue: true })
})
