import { describe, expect, it } from 'vitest'
import { dayFromIso } from './calendar.ts'
import { lifeIn } from './life.ts'
import { createPopulation } from './population.ts'
import type { Person } from './types.ts'

const asOf = '2026-11-01'
const [someone] = createPopulation({ seed: 1, size: 100 }).persons()
const person = (fields: Partial<Person>): Person => ({
  ...(someone as Person),
  diedOn: null,
  missingSince: null,
  planted: null,
  ...fields,
})
const spanOf = (one: Person) => {
  const { from, until } = lifeIn('health', one, asOf)
  return [from, until]
}

describe('lifeIn', () => {
  it('lasts from birth to the reference date, to death, or to going missing', () => {
    const born = { bornOn: '1990-05-17' }
    expect(spanOf(person(born))).toEqual([dayFromIso('1990-05-17'), dayFromIso(asOf)])
    expect(spanOf(person({ ...born, diedOn: '2020-02-03' }))).toEqual([
      dayFromIso('1990-05-17'),
      dayFromIso('2020-02-03'),
    ])
    expect(spanOf(person({ ...born, missingSince: '2021-02-03' }))).toEqual([
      dayFromIso('1990-05-17'),
      dayFromIso('2021-02-03'),
    ])
    expect(lifeIn('health', person(born), asOf).isOpen).toBe(true)
    expect(lifeIn('health', person({ ...born, missingSince: '2021-02-03' }), asOf).isOpen).toBe(false)
  })

  it('begins on the last day that a partial date may mean', () => {
    expect(spanOf(person({ bornOn: '1941' }))[0]).toBe(dayFromIso('1941-12-31'))
    expect(spanOf(person({ bornOn: '1944-02' }))[0]).toBe(dayFromIso('1944-02-29'))
    expect(spanOf(person({ bornOn: '1939-12' }))[0]).toBe(dayFromIso('1939-12-31'))
    const { ageOn } = lifeIn('health', person({ bornOn: '1941' }), asOf)
    expect(ageOn(dayFromIso('2001-06-01'))).toEqual({ least: 59, most: 60 })
  })

  it('fits both sources where they disagree', () => {
    const older = person({ bornOn: '1990-05-17', planted: { domain: 'health', field: 'birthYear', value: '1980' } })
    const life = lifeIn('health', older, asOf)
    expect(life.identity.bornOn).toBe('1980-05-17')
    expect([life.from, life.ageOn(dayFromIso('2020-05-17'))]).toEqual([
      dayFromIso('1990-05-17'),
      { least: 30, most: 40 },
    ])
    const other = person({ sex: 'MALE', planted: { domain: 'health', field: 'sex', value: 'FEMALE' } })
    expect(lifeIn('health', other, asOf)).toMatchObject({ identity: { sex: 'FEMALE' }, sexes: ['MALE', 'FEMALE'] })
    const later = person({ diedOn: '2020-02-03', planted: { domain: 'health', field: 'diedOn', value: '2020-02-10' } })
    expect(lifeIn('health', later, asOf)).toMatchObject({
      identity: { diedOn: '2020-02-10' },
      until: dayFromIso('2020-02-03'),
    })
  })

  it('takes no notice of what another database holds differently', () => {
    const elsewhere = person({ fullName: 'Lê Hoa', planted: { domain: 'land', field: 'fullName', value: 'Le Hoa' } })
    expect(lifeIn('health', elsewhere, asOf).identity.fullName).toBe('Lê Hoa')
    expect(lifeIn('land', elsewhere, asOf).identity.fullName).toBe('Le Hoa')
  })

  it('keeps the year alone of a 29 February that the other year lacks', () => {
    const leap = person({ bornOn: '2000-02-29', planted: { domain: 'health', field: 'birthYear', value: '2001' } })
    expect(lifeIn('health', leap, asOf).identity.bornOn).toBe('2001')
  })
})
