import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createPopulation } from './population.ts'
import { loadReference } from './reference.ts'
import type { Person } from './types.ts'

function hashOfPopulation(seed: number, size: number): string {
  const hash = createHash('sha256')
  for (const person of createPopulation({ seed, size }).persons()) hash.update(textOf(person))
  return hash.digest('hex')
}

function textOf(person: Person): string {
  const { random, absentFrom, ...fields } = person
  return JSON.stringify([fields, [...absentFrom], random('probe').next()])
}

const ageOf = (person: Person): number => 2026 - person.birthYear - (person.bornOn.slice(5) > '11-01' ? 1 : 0)

describe('createPopulation', () => {
  it('gives the same bytes for the same seed and size, walk after walk', () => {
    const population = createPopulation({ seed: 5, size: 3000 })
    const walks = [population, population].map((one) => [...one.persons()].map(textOf).join('\n'))
    expect(walks[0]).toBe(walks[1])
    expect(hashOfPopulation(5, 3000)).toBe(hashOfPopulation(5, 3000))
  })

  it('gives other people for another seed', () => {
    expect(hashOfPopulation(5, 1000)).not.toBe(hashOfPopulation(6, 1000))
  })

  it.each([100, 101, 200, 999, 5000])('holds exactly %i people', (size) => {
    const persons = [...createPopulation({ seed: 3, size }).persons()]
    expect(persons.map((person) => person.serial)).toEqual(Array.from({ length: size }, (_, index) => index))
    expect(new Set(persons.map((person) => person.personalId)).size).toBe(size)
  })

  it.each([99, 0, -1, 1.5, Number.NaN, 2 ** 60])('refuses a size of %d', (size) => {
    expect(() => createPopulation({ seed: 1, size })).toThrow(RangeError)
  })

  it('gives every identifier once among 200,000 people, in every province and commune', () => {
    const seen = { personalId: new Set(), socialInsuranceNo: new Set(), oldIdNumber: new Set(), phone: new Set() }
    const communes = new Set<string | null>()
    let count = 0
    const held = { personalId: 0, socialInsuranceNo: 0, oldIdNumber: 0, phone: 0 }
    for (const person of createPopulation({ seed: 11, size: 200_000 }).persons()) {
      count++
      communes.add(person.currentCommune)
      for (const field of ['personalId', 'socialInsuranceNo', 'oldIdNumber', 'phone'] as const) {
        if (person[field] === null) continue
        held[field]++
        seen[field].add(person[field])
      }
    }
    expect(held.personalId).toBe(count)
    for (const field of ['personalId', 'socialInsuranceNo', 'oldIdNumber', 'phone'] as const) {
      expect(seen[field].size, field).toBe(held[field])
    }
    const missing = loadReference().places.filter((place) => !communes.has(place.commune))
    expect(missing).toEqual([])
  }, 120_000)

  describe('of 20,000', () => {
    const persons = [...createPopulation({ seed: 1, size: 20_000 }).persons()]
    const living = persons.filter((person) => person.diedOn === null)

    it('lives in all 34 provinces, close to their share of the population', () => {
      const { provinces } = loadReference()
      const total = provinces.values().reduce((sum, province) => sum + province.population, 0)
      for (const province of provinces.values()) {
        const share = persons.filter((person) => person.currentProvince === province.code).length / persons.length
        expect(Math.abs(share - province.population / total), province.code).toBeLessThan(0.012)
        expect(share, province.code).toBeGreaterThan(0)
      }
    })

    it('follows the age pyramid within half a point a band and sex', () => {
      const { pyramid } = loadReference()
      const total = pyramid.reduce((sum, band) => sum + band.MALE + band.FEMALE, 0)
      for (const [index, band] of pyramid.entries()) {
        for (const sex of ['MALE', 'FEMALE'] as const) {
          const counted = living.filter(
            (person) => person.sex === sex && Math.min(17, Math.floor(Math.max(0, ageOf(person)) / 5)) === index,
          ).length
          expect(Math.abs(counted / living.length - band[sex] / total), `${sex} ${index * 5}`).toBeLessThan(0.005)
        }
      }
    })

    it('carries surnames in the usual shares, Huỳnh and Võ in the south', () => {
      const kinh = persons.filter((person) => person.ethnicity === '01')
      const share = (surname: string): number =>
        kinh.filter((person) => person.fullName.startsWith(`${surname} `)).length / kinh.length
      expect(share('Nguyễn')).toBeGreaterThan(0.26)
      expect(share('Nguyễn')).toBeLessThan(0.36)
      expect(share('Trần')).toBeGreaterThan(share('Phạm'))
      const northern = kinh.filter((person) => Number(person.homeCommune) < 19_000 && person.fatherId === null)
      const southern = kinh.filter((person) => Number(person.homeCommune) > 21_000 && person.fatherId === null)
      const count = (group: readonly Person[], surname: string): number =>
        group.filter((person) => person.fullName.startsWith(`${surname} `)).length
      expect(count(southern, 'Huỳnh')).toBeGreaterThan(10 * count(southern, 'Hoàng'))
      expect(count(northern, 'Vũ')).toBeGreaterThan(10 * count(northern, 'Võ'))
    })

    it('calls most older women Thị, and few girls', () => {
      const share = (group: readonly Person[]): number =>
        group.filter((person) => / Thị /.test(person.fullName)).length / group.length
      const women = living.filter((person) => person.sex === 'FEMALE' && person.ethnicity === '01')
      expect(share(women.filter((person) => person.birthYear < 1980))).toBeGreaterThan(0.7)
      expect(share(women.filter((person) => person.birthYear > 2015))).toBeLessThan(0.3)
    })

    it('has no insurance group of the forces or their families', () => {
      const groups = new Set(persons.map((person) => person.insuranceGroup))
      for (const group of ['QN', 'CA', 'CY', 'TQ', 'TA', 'TY']) expect(groups).not.toContain(group)
    })

    it('stays outside what registries and networks give out', () => {
      for (const person of persons) {
        expect(person.personalId).toMatch(/^9/)
        expect(person.socialInsuranceNo ?? '9700000000').toMatch(/^9[7-9]\d{8}$/)
        expect(person.oldIdNumber ?? '900000000').toMatch(/^9\d{8}$/)
        expect(person.phone ?? '0590000000').toMatch(/^059[014567]\d{6}$/)
        expect(person.email ?? 'a@example.vn').toMatch(/^[a-z0-9.]+@example\.vn$/)
      }
    })

    it('holds births abroad, deaths, missing people and homes other than the registered one', () => {
      expect(persons.filter((person) => person.birthProvinceOld === null).length).toBeGreaterThan(5)
      expect(persons.filter((person) => person.diedOn !== null).length).toBeGreaterThan(100)
      expect(persons.filter((person) => person.missingSince !== null).length).toBeGreaterThan(1)
      expect(persons.filter((person) => person.currentCommune !== person.permanentCommune).length).toBeGreaterThan(500)
    })
  })
})
