import { describe, expect, it } from 'vitest'
import { loadPersonas } from './personas.ts'

describe('personas.yaml', () => {
  const personas = loadPersonas()

  it('has the personas of the contract', () => {
    expect(personas.map((one) => one.persona)).toEqual(
      expect.arrayContaining([
        'citizen',
        'citizen-low',
        'neighbour',
        'parent',
        'commune-officer',
        'other-commune-officer',
        'land-officer',
        'doctor',
        'insurance-officer',
        'bank',
        'portal',
        'analyst',
        'reviewer',
        'nobody',
      ]),
    )
  })

  it('gives a personal number to those who sign in as a citizen, and to nobody else', () => {
    for (const { claims, person } of personas) {
      expect(claims?.kind === 'CITIZEN').toBe(claims?.personal_id !== undefined)
      expect(claims?.personal_id ?? null).toBe(person)
    }
  })

  it('gives every case number once', () => {
    const numbers = personas.flatMap((one) => one.cases.map((file) => file.number))
    expect(new Set(numbers).size).toBe(numbers.length)
  })
})
