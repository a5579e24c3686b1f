import { expect, it } from 'vitest'
import { asciiFromName } from './identifiers.ts'

it('takes the diacritics off a name', () => {
  expect(asciiFromName('Đặng Thị Huỳnh Ưởng')).toBe('Dang Thi Huynh Uong')
})
