import { describe, expect, it } from 'vitest'
import { dayFromIso, isoFromDay } from './calendar.ts'
import { edgeCases } from './edge-cases.ts'
import { householdsFromPersons } from './households-from-persons.ts'
import { collected } from '../test/support/collected.ts'
import { birthsOf, isLivingWithHiv, sickLeaveOf } from './life-events.ts'
import { createPopulation } from './population.ts'

const population = createPopulation({ seed: 2, size: 4000 })
const households = await collected(householdsFromPersons(population.persons()))

describe('householdsFromPersons', () => {
  it('keeps everybody once, in order, each household in one group', () => {
    expect(households.flat().map((one) => one.personalId)).toEqual(
      [...population.persons()].map((one) => one.personalId),
    )
    const ids = households.map((members) => members[0]?.householdId)
    expect(new Set(ids).size).toBe(ids.length)
    for (const members of households) expect(new Set(members.map((one) => one.householdId)).size).toBe(1)
  })
})

describe('birthsOf', () => {
  it('gives mother and father the birthdays of the children who live with them, twins once', () => {
    const family = households.find((members) => members.some((one) => one.personalId === edgeCases.twinOlder)) ?? []
    const parents = family.filter((one) => one.childIds.length > 0)
    expect(parents.map((one) => birthsOf(one, family).map(isoFromDay))).toEqual([['2016-08-09'], ['2016-08-09']])
    expect(parents.map((one) => birthsOf(one, []))).toEqual([[], []])
  })
})

describe('sickLeaveOf', () => {
  it('is of employees alone, within two years, and the same whoever asks', () => {
    let count = 0
    for (const person of population.persons()) {
      const leave = sickLeaveOf(person, population.asOf)
      expect(sickLeaveOf(person, population.asOf)).toEqual(leave)
      if (leave === null) continue
      count += 1
      expect(person.employed).toBe(true)
      expect(leave.from + leave.leaveDays).toBeLessThanOrEqual(dayFromIso(population.asOf))
      expect(leave.from).toBeGreaterThan(dayFromIso(population.asOf) - 730)
      expect(leave.leaveDays).toBeGreaterThan(leave.hospitalDays)
    }
    expect(count).toBeGreaterThan(10)
  })
})

describe('isLivingWithHiv', () => {
  it('is rare, of age, and nobody of the personas', () => {
    const positive = [...population.persons()].filter((person) => isLivingWithHiv(person, population.asOf))
    expect(positive.length).toBeGreaterThan(0)
    expect(positive.length).toBeLessThan(0.01 * population.size)
    for (const person of positive) {
      expect(person.persona).toBeNull()
      expect(person.birthYear).toBeLessThanOrEqual(2006)
    }
  })
})
