import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nameOrders } from './name-orders.ts'

const syllable = fc.constantFrom('Nguyễn', 'Trần', 'Văn', 'Thị', 'Minh', 'Anh', 'Hòa', 'Đức', "H'Hen")
const name = fc.uniqueArray(syllable, { minLength: 2, maxLength: 5 })

test('a name is meant as it stands, family name last, given name first, and reversed', () => {
  fc.assert(
    fc.property(name, (syllables) => {
      const [family = '', ...others] = syllables
      const given = syllables.at(-1) ?? ''
      const written = [syllables, [...others, family], [given, ...syllables.slice(0, -1)], syllables.toReversed()]
      for (const order of written) expect(nameOrders(order.join(' '))).toContain(syllables.join(' '))
      expect(nameOrders(`${family}, ${others.join(' ')}`)).toEqual([syllables.join(' ')])
    }),
  )
})

test('what is meant has the same syllables, and the family name never changes places with the middle alone', () => {
  fc.assert(
    fc.property(name, (syllables) => {
      for (const order of nameOrders(syllables.join(' ')))
        expect(order.split(' ').toSorted()).toEqual(syllables.toSorted())
    }),
  )
  expect(nameOrders('Trần Anh Minh')).not.toContain('Trần Minh Anh')
  expect(nameOrders('Văn Nguyễn An')).not.toContain('Nguyễn Văn An')
})

test('blanks do not count, and one syllable is one name', () => {
  expect(nameOrders('  Nguyễn   Văn An ')).toContain('Nguyễn Văn An')
  expect(nameOrders('Y')).toEqual(['Y'])
})
