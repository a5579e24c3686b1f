import { describe, expect, it } from 'vitest'
import { disagreements } from './disagreements.ts'
import { edgeCases } from './edge-cases.ts'
import { loadFixedPeople } from './fixed-people.ts'
import { loadPersonas } from './personas.ts'
import { createPopulation } from './population.ts'
import type { Person } from './types.ts'

const populations = [
  { seed: 1, size: 100 },
  { seed: 9, size: 200 },
  { seed: 2, size: 20_000 },
].map((options) => {
  const population = createPopulation(options)
  return {
    ...options,
    population,
    byId: new Map([...population.persons()].map((person) => [person.personalId, person])),
  }
})

describe.each(populations)('seed $seed, size $size', ({ size, population, byId }) => {
  const find = (id: string): Person => {
    const person = byId.get(id)
    if (person === undefined) throw new Error('not in the population')
    return person
  }

  it('holds the person behind every persona and case', () => {
    const numbers = loadPersonas().flatMap((persona) => [
      persona.person,
      persona.claims?.personal_id ?? null,
      ...persona.cases.flatMap((one) => one.subjects),
    ])
    expect(numbers.filter((number) => number !== null && !byId.has(number))).toEqual([])
  })

  it('holds every edge case as what it is named for', () => {
    const edge = (name: keyof typeof edgeCases): Person => find(edgeCases[name])
    expect(edge('twinOlder').bornOn).toBe(edge('twinYounger').bornOn)
    expect(edge('twinOlder').motherId).toBe(edge('twinYounger').motherId)
    expect([edge('bornAbroad').birthCommune, edge('bornAbroad').birthProvinceOld]).toEqual([null, null])
    expect(edge('bornAbroadTwoNationalities').nationalities).toHaveLength(2)
    expect(edge('onlyBirthYearKnown').bornOn).toMatch(/^\d{4}$/)
    expect(edge('onlyBirthMonthKnown').bornOn).toMatch(/^\d{4}-\d{2}$/)
    expect(edge('changedSexMarker')).toMatchObject({ sexChanged: true, sex: 'FEMALE' })
    expect(edge('deceased').diedOn).not.toBeNull()
    expect(edge('missing').missingSince).not.toBeNull()
    expect(edge('childUnder7').bornOn > '2019-11-01').toBe(true)
    expect(edge('childOf12').bornOn.slice(0, 4)).toBe('2014')
    expect(edge('noFixedResidence')).toMatchObject({ currentCommune: null, currentProvince: '79' })
    expect([...edge('absentFromHealth').absentFrom]).toEqual(['health'])
    expect([...edge('absentFromSocialSecurity').absentFrom]).toEqual(['social-security'])
    expect([...edge('absentFromPopulation').absentFrom]).toEqual(['population'])
    expect(edge('renamedCommuneDongNai').currentCommune).toBe('26368')
    expect(edge('renamedCommuneBacNinh').currentCommune).toBe('07294')
    expect(edge('bornAfterReform').bornOn >= '2025-07-01').toBe(true)
    expect(edge('representedAdult')).toMatchObject({
      represented: true,
      representativeIds: [edgeCases.guardianOfAdult],
    })
    expect(edge('bornOnLeapDay').bornOn).toBe('2000-02-29')
    expect(edge('centenarian').birthYear).toBeLessThan(1926)
    expect(edge('childWithoutParents')).toMatchObject({ fatherId: null, motherId: null })
    expect(edge('childWithoutParents').representativeIds).toEqual([edgeCases.guardianOfChild])
  })

  it('makes the parent represent both children', () => {
    for (const child of [edgeCases.childUnder7, edgeCases.childOf12]) {
      expect(find(child).representativeIds).toContain('901190000103')
    }
  })

  it('lists planted disagreements, three of each kind from 200 people on, each one a real difference', () => {
    const planted = disagreements(population)
    for (const { truth, value, personalId } of planted) {
      expect(value).not.toBe(truth)
      expect(find(personalId).persona).toBeNull()
    }
    const kinds = Map.groupBy(planted, (one) => `${one.domain} ${one.field}`)
    expect([...kinds.keys()].toSorted()).toEqual([
      'health birthYear',
      'health sex',
      'land birthYear',
      'land fullName',
      'population birthYear',
      'social-security birthYear',
      'social-security diedOn',
      'social-security fullName',
    ])
    if (size >= 200) for (const [kind, ones] of kinds) expect(ones.length, kind).toBeGreaterThanOrEqual(3)
    expect(planted.length).toBeLessThan(30 + size * 0.006)
  })
})

describe('fixed-people.yaml', () => {
  it('gives every number once', () => {
    const numbers = loadFixedPeople().flatMap((household) => household.members.map((member) => member.id))
    expect(new Set(numbers).size).toBe(numbers.length)
  })
})
