import type { Person, Random } from '../../../synthetic/types.ts'
import type { Place } from '../../../synthetic/reference.ts'
import { readData } from '../read-data.ts'

export type Facility = {
  code: string
  name: string
  kind: 'COMMUNE_STATION' | 'POLYCLINIC' | 'HOSPITAL'
  level: 'INITIAL' | 'BASIC' | 'SPECIALISED'
  province: string
  commune: string | null
  /** Invented here: no such facility exists. */
  synthetic: boolean
}

export type Facilities = {
  all: readonly Facility[]
  /** Where somebody is registered for primary care. */
  primaryOf: (person: Person, random: Random) => Facility
  /** A general hospital of a province. */
  hospitalIn: (province: string, random: Random) => Facility
  /** A hospital of the specialised level. */
  specialisedIn: (province: string, random: Random) => Facility
}

/** Where the seed's doctor works: the organisation BV-01001. */
const sampleHospital = '01001'
const levelOf = { COMMUNE_STATION: 'INITIAL', POLYCLINIC: 'INITIAL', HOSPITAL: 'BASIC' } as const

/**
 * Facilities of the whole country: the 543 of Hà Nội that are known (facts: code, name, kind), and for the rest invented
 * ones, one station a commune and hospitals by population, in code blocks (third character U to X) that the known codes
 * don't use. `places` are the communes, `population` gives people by province.
 */
export function createFacilities(places: readonly Place[], population: (province: string) => number): Facilities {
  const all = [...knownInHanoi(), ...inventedFrom(places, population)]
  const byCommune = Map.groupBy(
    all.filter((one) => one.commune !== null),
    (one) => one.commune,
  )
  const wider = Map.groupBy(
    all.filter((one) => one.kind !== 'COMMUNE_STATION' && one.level !== 'SPECIALISED'),
    (one) => one.province,
  )
  const hospitals = Map.groupBy(
    all.filter((one) => one.kind === 'HOSPITAL' && one.level === 'BASIC'),
    (one) => one.province,
  )
  const specialised = Map.groupBy(
    all.filter((one) => one.level === 'SPECIALISED'),
    (one) => one.province,
  )
  const sample = all.find((one) => one.code === sampleHospital)
  const drawn = (of: ReadonlyMap<string, readonly Facility[]>, province: string, random: Random): Facility =>
    random.pick(of.get(province) ?? all)

  return {
    all,
    primaryOf: (person, random) => {
      if (person.persona === 'citizen' && sample !== undefined) return sample
      const stations = byCommune.get(person.currentCommune) ?? []
      if (
        stations.length > 0 &&
        random.chance(person.insuranceGroup === 'DN' || person.insuranceGroup === 'HC' ? 0.25 : 0.65)
      ) {
        return random.pick(stations)
      }
      return drawn(wider, person.currentProvince, random)
    },
    hospitalIn: (province, random) => drawn(hospitals, province, random),
    specialisedIn: (province, random) => drawn(specialised, province, random),
  }
}

function knownInHanoi(): readonly Facility[] {
  return readData('facilities_hanoi.csv').map((row) => {
    const kind = row.text('kind') as Facility['kind']
    return {
      code: row.text('code'),
      name: row.text('name'),
      kind,
      level: levelOf[kind],
      province: '01',
      commune: row.optional('commune_code'),
      synthetic: false,
    }
  })
}

function inventedFrom(places: readonly Place[], population: (province: string) => number): readonly Facility[] {
  return [...Map.groupBy(places, (place) => place.province)].flatMap(([province, communes]) => {
    const people = population(province)
    const many = (
      block: string,
      count: number,
      name: string,
      kind: Facility['kind'],
      level: Facility['level'],
    ): Facility[] =>
      Array.from({ length: count }, (_, index) => {
        const code = `${province}${block}${serial(index + 1)}`
        return { code, name: `${name} ${code}`, kind, level, province, commune: null, synthetic: true }
      })
    const specialised = many(
      'V',
      1 + Math.floor(people / 4e6),
      'Bệnh viện chuyên sâu mẫu số',
      'HOSPITAL',
      'SPECIALISED',
    )
    if (province === '01') return [...specialised, sampleOf(province)]
    const stations = communes.map((place, index): Facility => ({
      code: `${province}X${serial(index + 1)}`,
      name: `Trạm y tế mẫu ${place.fullName}`,
      kind: 'COMMUNE_STATION',
      level: 'INITIAL',
      province,
      commune: place.commune,
      synthetic: true,
    }))
    return [
      ...specialised,
      ...many('U', 1 + Math.round(people / 4e5), 'Bệnh viện đa khoa mẫu số', 'HOSPITAL', 'BASIC'),
      ...many('W', 1 + Math.round(people / 5e5), 'Phòng khám đa khoa mẫu số', 'POLYCLINIC', 'INITIAL'),
      ...stations,
    ]
  })
}

function sampleOf(province: string): Facility {
  const name = `Bệnh viện mẫu số ${sampleHospital}`
  return { code: sampleHospital, name, kind: 'HOSPITAL', level: 'BASIC', province, commune: null, synthetic: true }
}

/** Two digits in base 36: a block holds 1,295. */
function serial(index: number): string {
  return index.toString(36).toUpperCase().padStart(2, '0')
}
