import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { dayFromIso, yearsBetween } from './calendar.ts'
import { rowsFromCsv } from './csv.ts'
import { matrilineal } from './names.ts'
import { partsOfPersonalNumber } from './personal-number.ts'
import { createPopulation } from './population.ts'
import { loadReference } from './reference.ts'
import type { Person } from './types.ts'

describe.each([1, 2])('the people of seed %i', (seed) => {
  const population = createPopulation({ seed, size: 5000 })
  const persons = [...population.persons()]
  const byId = new Map(persons.map((person) => [person.personalId, person]))
  const today = dayFromIso(population.asOf)
  const find = (id: string): Person => {
    const person = byId.get(id)
    if (person === undefined) throw new Error('kin outside the population')
    return person
  }
  const years = (person: Person, until: number): number => yearsBetween(dayFromIso(person.bornOn), until)

  it('have parents who are older, know their children and lived when these were conceived', () => {
    for (const child of persons) {
      for (const [id, youngest] of [
        [child.fatherId, 16],
        [child.motherId, 15],
      ] as const) {
        if (id === null) continue
        const parent = find(id)
        expect(child.birthYear - parent.birthYear).toBeGreaterThanOrEqual(youngest)
        expect(child.birthYear - parent.birthYear).toBeLessThanOrEqual(65)
        expect(parent.childIds).toContain(child.personalId)
        if (parent.diedOn !== null) expect(dayFromIso(parent.diedOn)).toBeGreaterThan(dayFromIso(child.bornOn) - 280)
      }
    }
  })

  it('name as children those who name them as parents', () => {
    for (const parent of persons) {
      for (const child of parent.childIds.map(find))
        expect([child.fatherId, child.motherId]).toContain(parent.personalId)
    }
  })

  it('are born a year apart from their siblings, or are twins', () => {
    for (const mother of persons.filter((person) => person.childIds.length > 1 && person.sex === 'FEMALE')) {
      const dates = mother.childIds.map((id) => find(id).bornOn).filter((date) => date.length === 10)
      const days = dates.map(dayFromIso).toSorted((one, other) => one - other)
      for (const [index, day] of days.entries()) {
        const gap = day - (days[index - 1] ?? -Infinity)
        expect(gap === 0 || gap > 270).toBe(true)
      }
    }
  })

  it('are married to each other, of age and alive', () => {
    for (const person of persons) {
      if (person.spouseId === null) {
        expect(person.maritalStatus === 'MARRIED' && person.diedOn === null).toBe(false)
        continue
      }
      const spouse = find(person.spouseId)
      expect(spouse.spouseId).toBe(person.personalId)
      expect([person.maritalStatus, spouse.maritalStatus]).toEqual(['MARRIED', 'MARRIED'])
      expect(person.diedOn).toBeNull()
      expect(years(person, today)).toBeGreaterThanOrEqual(18)
    }
  })

  it('live in households with one head, who is of age, alive and not missing', () => {
    for (const members of Map.groupBy(persons, (person) => person.householdId).values()) {
      const heads = members.filter((member) => member.relationToHead === 'HEAD')
      expect(heads).toHaveLength(1)
      for (const head of heads) {
        expect(head.diedOn ?? head.missingSince).toBeNull()
        expect(years(head, today)).toBeGreaterThanOrEqual(18)
      }
      expect(new Set(members.map((member) => `${member.addressLine} ${member.currentCommune}`)).size).toBe(1)
    }
  })

  it('carry the surname of the father, or of the mother where the clan is hers', () => {
    const follows = persons.filter((person) => person.fatherId !== null && person.ethnicity === '01')
    expect(follows.length).toBeGreaterThan(500)
    for (const child of follows) {
      expect(child.fullName.split(' ')[0]).toBe(find(child.fatherId ?? '').fullName.split(' ')[0])
    }
    const clan = persons.filter((person) => person.ethnicity === '12' && person.motherId !== null)
    expect(matrilineal.has('12')).toBe(true)
    for (const child of clan.filter((person) => find(person.motherId ?? '').ethnicity === '12')) {
      expect(child.fullName.split(' ').at(-1)).toBe(
        find(child.motherId ?? '')
          .fullName.split(' ')
          .at(-1),
      )
    }
  })

  it('are represented while under age, by somebody of age who is there', () => {
    for (const person of persons.filter((one) => one.diedOn === null)) {
      const minor = years(person, today) < 18
      if (!minor && !person.represented) expect(person.representativeIds).toEqual([])
      if (minor) expect(person.representativeIds.length).toBeGreaterThan(0)
      for (const guardian of person.representativeIds.map(find)) {
        expect(guardian.diedOn ?? guardian.missingSince).toBeNull()
        expect(years(guardian, today)).toBeGreaterThanOrEqual(18)
      }
    }
  })

  it('carry numbers that say where, when and as what they were born', () => {
    const { placeByCommune } = loadReference()
    const text = readFileSync(new URL('data/provinces_63_to_34.csv', import.meta.url), 'utf8')
    const former = new Set([...rowsFromCsv(text).map((row) => row['old_code2']), '97', '98', '99'])
    expect(former.size).toBe(66)
    for (const person of persons) {
      const parts = partsOfPersonalNumber(person.personalId)
      expect(parts?.year).toBe(person.birthYear)
      expect(parts?.sex === person.sex).toBe(!person.sexChanged)
      expect(parts?.placeCode).toBe(person.numberPlaceCode)
      expect(former).toContain(parts?.placeCode)
      const place = placeByCommune.get(person.birthCommune ?? '')
      if (place === undefined) expect(Number(parts?.placeCode)).toBeGreaterThanOrEqual(97)
      else expect(parts?.placeCode).toBe(person.bornOn < '2025-07-01' ? place.oldProvince : place.province)
    }
  })

  it('did nothing after the reference date', () => {
    const dates = persons.flatMap((person) => [person.bornOn, person.diedOn ?? '', person.missingSince ?? ''])
    expect(dates.filter((date) => date > population.asOf)).toEqual([])
    expect(persons.filter((person) => person.diedOn !== null && person.diedOn < person.bornOn)).toEqual([])
  })

  it('work only when of age, and are covered as children below six', () => {
    for (const person of persons.filter((one) => one.diedOn === null)) {
      const age = years(person, today)
      if (person.employed) expect(age).toBeGreaterThanOrEqual(18)
      if (person.employed) expect(person.socialInsuranceNo).not.toBeNull()
      expect(person.insuranceGroup === 'TE').toBe(age < 6)
    }
  })
})
