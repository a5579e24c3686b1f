import { describe, expect, test } from 'vitest'
import { chargeFor, loadPrices, type Use } from './prices.ts'

const prices = loadPrices()
const bank: Use = { database: 'population', month: '2026-11', basis: 'CONSENT', organisationKind: 'PRIVATE' }

describe('the schedule', () => {
  test.each<[string, Partial<Use>, string, number | null]>([
    ['a private body reading population data', {}, 'PRICED', 1000],
    ['before the price held', { month: '2023-12' }, 'NO_PRICE', null],
    ['from its first month on', { month: '2024-01' }, 'PRICED', 1000],
    ['another database', { database: 'land' }, 'NO_PRICE', null],
    ['a field the schema has lost', { database: null }, 'NO_PRICE', null],
    ['a state agency', { organisationKind: 'STATE_AGENCY', basis: '19.1.c' }, 'STATE_FUNCTION', 0],
    [
      'a state agency, where there is no price either',
      { organisationKind: 'STATE_AGENCY', database: 'land' },
      'STATE_FUNCTION',
      0,
    ],
    ['a citizen through the portal', { organisationKind: 'PORTAL', basis: 'SELF' }, 'OWN_DATA', 0],
    ['a hospital', { organisationKind: 'HEALTH_PROVIDER', basis: '19.1.d' }, 'PRICED', 1000],
  ])('%s', (_who, changes, kind, dong) =>
    expect(chargeFor(prices, { ...bank, ...changes })).toMatchObject({ kind, dong }),
  )

  test('claims no law in force: all of it is marked as a precedent, with where it was read', () => {
    expect(
      [...prices.prices, ...prices.free].map(({ proposal, source }) => [proposal, source.startsWith('https://')]),
    ).toEqual(Array.from({ length: 3 }, () => [true, true]))
  })

  test('a later price holds from its month on, not before', () => {
    const [first] = prices.prices
    if (first === undefined) throw new Error('no price')
    const raised = { ...prices, prices: [first, { ...first, from: '2026-07', dong: 1500 }] }
    expect(['2026-06', '2026-07', '2027-01'].map((month) => chargeFor(raised, { ...bank, month }).dong)).toEqual([
      1000, 1500, 1500,
    ])
  })
})

test.each([
  [
    'prices: [{ database: land, from: 2024-13, dong: 1, citation: a, proposal: true, source: "https://a.vn" }]\nfree: []',
  ],
  [
    'prices: [{ database: land, from: 2024-01, dong: -1, citation: a, proposal: true, source: "https://a.vn" }]\nfree: []',
  ],
  ['prices: []\nfree: [{ case: OWN_DATA, vi: a, en: a, citation: a, proposal: true, source: "https://a.vn" }]'],
])('a schedule that can’t be is refused: %s', (text) => expect(() => loadPrices(text)).toThrow(/prices\.yaml/))
