import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayFromIso } from '../../../synthetic/calendar.ts'
import { householdsFromPersons } from '../../../synthetic/households-from-persons.ts'
import { lifeIn } from '../../../synthetic/life.ts'
import { createPopulation } from '../../../synthetic/population.ts'
import { loadReference } from '../../../synthetic/reference.ts'
import { collected } from '../../../test/support/collected.ts'
import { createDiagnoses } from './diagnoses.ts'
import { createFacilities } from './facilities.ts'
import { createPatients } from './patients.ts'
import type { PatientRow } from './patients.ts'
import { rowsByPrefix } from './rows-by-prefix.ts'

const { places, provinces } = loadReference()
const diagnoses = createDiagnoses()
const facilities = createFacilities(places, (province) => provinces.get(province)?.population ?? 0)

const rowsOfPopulation = async (seed: number, size: number): Promise<PatientRow[]> => {
  const population = createPopulation({ seed, size })
  const rowsOf = createPatients(diagnoses, facilities, population.asOf)
  const households = await collected(householdsFromPersons(population.persons()))
  return households.flatMap((household) =>
    household.flatMap((person) => [...rowsOf(lifeIn('health', person, population.asOf), household)]),
  )
}

describe('patients', () => {
  it('have the same rows for the same seed, and others for another', async () => {
    const rows = await rowsOfPopulation(3, 200)
    expect(await rowsOfPopulation(3, 200)).toEqual(rows)
    expect(await rowsOfPopulation(4, 200)).not.toEqual(rows)
  })

  it('never have two rows of one key, nor a visit that their age or sex rules out', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1_000_000 }), async (seed) => {
        const rows = await rowsOfPopulation(seed, 150)
        const keys = rows
          .filter(({ table }) => table !== 'person' && table !== 'health_record')
          .map(({ row }) => row[0])
        expect(new Set(keys).size).toBe(keys.length)
        const lives = new Map(
          [...createPopulation({ seed, size: 150 }).persons()].map((one) => [
            one.personalId,
            lifeIn('health', one, '2026-11-01'),
          ]),
        )
        for (const { row } of rows.filter(({ table }) => table === 'visit')) {
          const life = lives.get(String(row[1]))
          const day = dayFromIso(String(row[5]).slice(0, 10))
          expect(life !== undefined && day >= life.from && day <= life.until).toBe(true)
          expect(life !== undefined && diagnoses.fits(String(row[8]), life, day)).toBe(true)
        }
      }),
      { numRuns: 8 },
    )
  })
})

describe('facilities', () => {
  it('have codes of their own, and the sample hospital among them', () => {
    const codes = facilities.all.map((one) => one.code)
    expect(new Set(codes).size).toBe(codes.length)
    expect(facilities.all.find((one) => one.code === '01001')).toMatchObject({ synthetic: true, province: '01' })
    expect(facilities.all.filter((one) => !one.synthetic)).toHaveLength(543)
  })

  it('have a station in every commune outside Hà Nội', () => {
    const served = new Set(facilities.all.map((one) => one.commune))
    expect(places.filter((place) => place.province !== '01' && !served.has(place.commune))).toEqual([])
  })
})

describe('rowsByPrefix', () => {
  it('gives the rows of the longest prefix alone', () => {
    const of = rowsByPrefix([{ prefix: 'I' }, { prefix: 'I10' }, { prefix: 'J' }])
    expect([of('I10'), of('I11.9'), of('I10'), of('K30')]).toEqual([
      [{ prefix: 'I10' }],
      [{ prefix: 'I' }],
      [{ prefix: 'I10' }],
      [],
    ])
  })
})
