import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Count } from '../../subgraphs/statistics/control/counts.ts'
import type { PublishedCell, Units } from '../../subgraphs/statistics/control/publish-cells.ts'
import { createRoundCell } from '../../subgraphs/statistics/control/round-cell.ts'
import { withholdTold, type Category } from '../../subgraphs/statistics/control/withhold-told.ts'
import { createAttacker, type Attacker, type Known, type Unknown } from './attacker.ts'

const communesOf = (province: string) => ['1', '2', '3', '4'].map((last) => `${province}00${last}`)
const units: Units = new Map(['01', '04', '08'].map((province) => [province, communesOf(province)]))
const communes = [...units.values()].flat()
const figures = ['population', 'insured', 'uninsured'] as const
type Table = Readonly<Record<(typeof figures)[number], ReadonlyMap<string, number>>>
type Published = ReadonlyMap<string, ReadonlyMap<string, PublishedCell>>

/** People of each commune with and without a card. Small ones abound: it is them an attacker is after. */
const size = fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 0, max: 9 }) }, fc.integer({ min: 0, max: 60 }))
const table: fc.Arbitrary<Table> = fc
  .array(fc.tuple(size, size), { minLength: communes.length, maxLength: communes.length })
  .map((rows) => {
    const by = (of: (row: readonly [number, number]) => number) =>
      new Map(communes.map((commune, index) => [commune, of(rows[index] ?? [0, 0])]))
    return { population: by(([a, b]) => a + b), insured: by(([a]) => a), uninsured: by(([, b]) => b) }
  })
const secret = fc.uint8Array({ minLength: 32, maxLength: 32 })

function publishedOf(counted: Table, key: Uint8Array, threshold: 5 | 10 = 5): Published {
  const categories = figures.map((figure): Category => {
    const counts = [...counted[figure]].map(([unit, value]): [string, Count] => [
      unit,
      { contributors: value, value, largest: Math.min(value, 1) },
    ])
    const control = { byCommune: true, threshold, base: threshold, withheld: new Set<string>() }
    return { figure, code: '', stamp: `${figure}|`, counts: new Map(counts), ...control }
  })
  const controlled = withholdTold(categories, units, createRoundCell(key))
  return new Map(controlled.map(({ category, cells }) => [category.figure, cells]))
}

const term = (of: string, times: 1 | -1 = 1) => ({ of, times })

/** Everything that follows from what is published, for somebody who knows the method but not the rounding secret. */
function knowledge(published: Published, threshold: number, month = '') {
  const unknowns = new Map<string, Unknown>()
  const known: Known[] = []
  for (const figure of figures) {
    const cells = published.get(figure)
    const name = (unit: string) => `${figure} ${unit}${month}`
    const near = (names: readonly string[], { value, cells: rounded }: PublishedCell) => {
      const margin = (threshold - 1) * rounded
      known.push({ terms: names.map((one) => term(one)), low: value - margin, high: value + margin })
    }
    for (const unit of communes) {
      const shown = cells?.get(unit)
      const margin = threshold - 1
      unknowns.set(
        name(unit),
        shown === undefined
          ? { low: 0, high: 150 }
          : { low: Math.max(threshold, shown.value - margin), high: shown.value + margin },
      )
    }
    for (const [province, parts] of units) {
      const whole = cells?.get(province)
      if (whole === undefined) continue
      near(parts.map(name), whole)
      // All minus what is shown of it: the rest is one rounded cell.
      const hidden = parts.filter((unit) => !cells?.has(unit))
      const rest = whole.value - parts.reduce((sum, unit) => sum + (cells?.get(unit)?.value ?? 0), 0)
      if (hidden.length > 0) near(hidden.map(name), { value: rest, cells: 1 })
    }
    const nation = cells?.get('VN')
    if (nation !== undefined) {
      near(communes.map(name), nation)
      const hidden = [...units.keys()].filter((province) => !cells?.has(province))
      const rest = nation.value - [...units.keys()].reduce((sum, one) => sum + (cells?.get(one)?.value ?? 0), 0)
      if (hidden.length > 0)
        near(
          hidden.flatMap((one) => (units.get(one) ?? []).map(name)),
          { value: rest, cells: 1 },
        )
    }
  }
  for (const unit of communes)
    known.push({
      terms: [
        term(`insured ${unit}${month}`),
        term(`uninsured ${unit}${month}`),
        term(`population ${unit}${month}`, -1),
      ],
      low: 0,
      high: 0,
    })
  return { unknowns, known }
}

let attack: Attacker
beforeAll(async () => {
  attack = await createAttacker()
})

/** The cells under the threshold that the attacker knows exactly. */
function recovered(counted: Table, { unknowns, known }: ReturnType<typeof knowledge>, threshold: number): string[] {
  const small = figures.flatMap((figure) =>
    communes.filter((unit) => (counted[figure].get(unit) ?? 0) < threshold).map((unit) => `${figure} ${unit}`),
  )
  return attack(unknowns, known, small)
}

describe('an attacker who has every published cell', () => {
  test('finds no single cell under the threshold', () => {
    fc.assert(
      fc.property(table, secret, fc.constantFrom(5, 10), (counted, key, threshold) => {
        for (const figure of figures)
          for (const unit of publishedOf(counted, key, threshold).get(figure)?.keys() ?? [])
            if (unit.length === 5) expect(counted[figure].get(unit)).toBeGreaterThanOrEqual(threshold)
      }),
      { numRuns: 80 },
    )
  })

  test.each([5, 10] as const)(
    'can tell none by margins, neighbours, all minus one, or other figures (threshold %i)',
    (threshold) => {
      fc.assert(
        fc.property(table, secret, (counted, key) => {
          const known = knowledge(publishedOf(counted, key, threshold), threshold)
          expect(recovered(counted, known, threshold)).toEqual([])
        }),
        { numRuns: 12 },
      )
    },
  )

  test('would find cells if small ones were merely left out: the attack is one', () => {
    const counted = { population: row(6, 7, 40), insured: row(6, 3, 20), uninsured: row(0, 4, 20) }
    const exact = new Map(
      figures.map((figure) => {
        const cells = [...counted[figure]].filter(([, value]) => value >= 5)
        const total = (of: readonly string[]) => of.reduce((sum, unit) => sum + (counted[figure].get(unit) ?? 0), 0)
        const margins = [...units].map(([province, parts]): [string, number] => [province, total(parts)])
        return [figure, new Map([...cells, ...margins].map(([unit, value]) => [unit, { value, cells: 0 }]))]
      }),
    )
    const { unknowns, known } = knowledge(exact, 5)
    expect(recovered(counted, { unknowns, known: known.map(asExact) }, 5)).not.toEqual([])
  })
})

const row = (first: number, second: number, others: number) =>
  new Map(communes.map((unit, index) => [unit, index === 0 ? first : index === 1 ? second : others]))
const asExact = (one: Known): Known => {
  const middle = (one.low + one.high) / 2
  return { ...one, low: middle, high: middle }
}

describe('an attacker who has waited', () => {
  test('gets the same answer as often as they ask, and as anybody else: nothing averages out', () => {
    fc.assert(
      fc.property(table, secret, (counted, key) => {
        expect(publishedOf(counted, key)).toEqual(publishedOf(counted, key))
      }),
      { numRuns: 50 },
    )
  })

  test('cannot tell a cell by two months between which they know that one person came', () => {
    fc.assert(
      fc.property(table, secret, fc.constantFrom(...communes), (counted, key, place) => {
        const later = {
          ...counted,
          population: new Map(counted.population).set(place, (counted.population.get(place) ?? 0) + 1),
          insured: new Map(counted.insured).set(place, (counted.insured.get(place) ?? 0) + 1),
        }
        const first = knowledge(publishedOf(counted, key), 5)
        const second = knowledge(publishedOf(later, key), 5, ' later')
        const same = communes.map((unit): Known => {
          const came = unit === place ? 1 : 0
          return { terms: [term(`insured ${unit} later`), term(`insured ${unit}`, -1)], low: came, high: came }
        })
        const unknowns = new Map([...first.unknowns, ...second.unknowns])
        const known = [...first.known, ...second.known, ...same]
        expect(recovered(counted, { unknowns, known }, 5)).toEqual([])
      }),
      { numRuns: 6 },
    )
  })
})
