import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mask } from './mask.ts'

test.each([
  ['LAST3', '901085000101', '•••••••••101'],
  ['LAST3', '012345678', '•••••••••678'],
  ['YEAR', '1990-05-17', '1990'],
  ['YEAR', '1990', '1990'],
  ['INITIALS', 'Nguyễn Thị Ánh Đào', 'N. T. Á. Đ.'],
  ['INSURANCE_CARD', 'HN2019010123456', '••••••••••••456'],
  ['INSURANCE_CARD', '9010123456', '••••••••••••456'],
  ['PHONE', '0590123456', '•••••••456'],
  ['EMAIL', 'a.b@example.vn', '•••@•••'],
  ['PROVINCE', 'Số 5, Phường Ba Đình, Thành phố Hà Nội', 'Thành phố Hà Nội'],
  ['GEOHASH5', 'w7er8u0cd123', 'w7er8'],
  ['KEEP', 'anything', 'anything'],
  ['NULL', 'anything', null],
] as const)('%s masks %s as %s', (form, value, masked) => {
  expect(mask(form, value)).toBe(masked)
})

test.each(['LAST3', 'YEAR', 'INSURANCE_CARD', 'PHONE', 'EMAIL', 'GEOHASH5', 'NULL'] as const)(
  '%s never gives back a value of another shape',
  (form) => {
    for (const value of ['', 'x', '12', 'not a value', 12, true, ['901085000101']]) expect(mask(form, value)).toBeNull()
  },
)

test('a masked number tells nothing of its first nine digits', () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^9\d{8}$/),
      fc.stringMatching(/^9\d{8}$/),
      fc.stringMatching(/^\d{3}$/),
      (one, other, last) => {
        expect(mask('LAST3', one + last)).toBe(mask('LAST3', other + last))
      },
    ),
  )
})
