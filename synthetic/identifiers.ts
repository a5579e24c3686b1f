import { createPermutation } from './permutation.ts'

export type Identifiers = {
  /** 10 digits on 97-99: first two digits that no province has, so nobody's real number. */
  socialInsuranceNo: (serial: number) => string
  /** Nine digits starting with 9: real ones start with 01-38. */
  oldIdNumber: (serial: number) => string
  /** Ten digits on the blocks 0590, 0591 and 0594-0597, which no network was given. */
  phone: (serial: number) => string
  email: (fullName: string, serial: number) => string
}

const phoneBlocks = [0, 1, 4, 5, 6, 7]
const phones = phoneBlocks.length * 1_000_000

/**
 * Identifiers beside the personal number, one each a serial number and unique by construction (phones up to six million
 * people, then they come twice). All lie outside what real registries and networks give out.
 */
export function createIdentifiers(seed: number): Identifiers {
  const insurance = createPermutation(300_000_000, `insurance/${seed}`)
  const oldId = createPermutation(100_000_000, `old-id/${seed}`)
  const phone = createPermutation(phones, `phone/${seed}`)
  return {
    socialInsuranceNo: (serial) => String(9_700_000_000 + insurance(serial)),
    oldIdNumber: (serial) => String(900_000_000 + oldId(serial)),
    phone: (serial) => {
      const value = phone(serial % phones)
      return `059${phoneBlocks[Math.floor(value / 1_000_000)]}${String(value % 1_000_000).padStart(6, '0')}`
    },
    email: (fullName, serial) => {
      const words = asciiFromName(fullName)
        .toLowerCase()
        .replaceAll(/[^a-z ]/g, '')
        .split(' ')
        .filter(Boolean)
      return `${[words.at(-1), ...words.slice(0, -1).map((word) => word[0])].join('')}.${serial.toString(36)}@example.vn`
    },
  }
}

/** A Vietnamese name without its diacritics. */
export function asciiFromName(name: string): string {
  return name.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D')
}
