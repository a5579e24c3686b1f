import { createRandom } from '../../../synthetic/random.ts'
import type { Random } from '../../../synthetic/types.ts'
import { uuidFromRandom } from '../../../synthetic/uuid-from-random.ts'

export type EmployerKind = 'ENTERPRISE' | 'OFFICE' | 'SCHOOL' | 'HOSPITAL' | 'COOPERATIVE'

export type Employer = {
  id: string
  unitCode: string
  taxCode: string
  name: string
  province: string
  kind: EmployerKind
  /** Behind with contributions. */
  arrears: boolean
}

export type Employers = {
  all: readonly Employer[]
  of: (province: string, kind: EmployerKind, random: Random) => Employer
  /** Works for the citizen of the personas, in every population. */
  first: Employer
}

const kinds: readonly { kind: EmployerKind; name: string; share: number }[] = [
  { kind: 'ENTERPRISE', name: 'Công ty trách nhiệm hữu hạn mẫu số', share: 0.7 },
  { kind: 'OFFICE', name: 'Cơ quan mẫu số', share: 0.1 },
  { kind: 'SCHOOL', name: 'Trường học mẫu số', share: 0.1 },
  { kind: 'HOSPITAL', name: 'Bệnh viện mẫu số', share: 0.05 },
  { kind: 'COOPERATIVE', name: 'Hợp tác xã mẫu số', share: 0.05 },
]

/**
 * Invented employers of every province, about one for fifteen employees, at least one of each kind; enterprises in four
 * sizes by how often they are drawn. Tax codes begin with 99, which no tax office gives out.
 */
export function createEmployers(seed: number, size: number, provinces: ReadonlyMap<string, number>): Employers {
  const people = [...provinces.values()].reduce((sum, one) => sum + one, 0)
  let serial = 0
  const all = [...provinces].flatMap(([province, population]) => {
    const total = Math.ceil((size * 0.33 * population) / people / 15)
    return kinds.flatMap(({ kind, name, share }) =>
      Array.from({ length: Math.max(1, Math.min(400, Math.round(total * share))) }, (): Employer => {
        const index = ++serial
        const random = createRandom(seed, 'employer', index)
        const number = String(index).padStart(5, '0')
        return {
          id: uuidFromRandom(random),
          unitCode: `T${letter(index)}${number}${letter(index * 7)}`,
          taxCode: taxCode(index),
          name: `${name} ${number}`,
          province,
          kind,
          arrears: kind !== 'OFFICE' && index > 1 && random.chance(0.04),
        }
      }),
    )
  })
  const groups = Map.groupBy(all, ({ province, kind }) => `${province} ${kind}`)
  const [first] = groups.get('01 ENTERPRISE') ?? all
  if (first === undefined) throw new RangeError('no province to have employers in')
  return {
    all,
    first,
    // Squared: the first of a province are the large ones.
    of: (province, kind, random) => {
      const open = groups.get(`${province} ${kind}`) ?? all
      return open[Math.floor(random.next() ** 2 * open.length)] ?? first
    },
  }
}

function letter(index: number): string {
  return String.fromCharCode(65 + (index % 26))
}

const taxWeights = [31, 29, 23, 19, 17, 13, 7, 5, 3]

/** The tax code of a serial number: 99, six digits, one that makes a check digit possible, and the check digit. */
export function taxCode(index: number): string {
  for (let last = 0; last < 10; last++) {
    const digits = `99${String(index).padStart(6, '0')}${last}`
    const check = 10 - (taxWeights.reduce((sum, weight, position) => sum + weight * Number(digits[position]), 0) % 11)
    if (check < 10) return `${digits}${check}`
  }
  throw new RangeError('no check digit')
}
