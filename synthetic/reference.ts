import { readFileSync } from 'node:fs'
import { rowsFromCsv } from './csv.ts'
import type { Sex } from './types.ts'
import { createWeightedTable, tableFromShares } from './weighted-table.ts'
import type { WeightedTable } from './weighted-table.ts'

/** A commune of the 3,321, with what the generator needs to know of it. */
export type Place = {
  commune: string
  fullName: string
  /** One of the 34 provinces. */
  province: string
  provinceName: string
  /** Two-digit code of the 63-province table for the land the commune lies on. */
  oldProvince: string
  urban: boolean
  island: boolean
  /** What it was called from 2025-07-01 until it was renamed; null for nearly all. */
  former: { name: string; until: string } | null
  /** From Đà Nẵng southward (records of names: Huỳnh, Võ). */
  southern: boolean
}

export type Province = {
  code: string
  population: number
  ethnicities: WeightedTable<string>
  poorPct: number
  nearPoorPct: number
  disadvantagedPct: number
}

export type EthnicNaming = {
  pattern: string
  surnames: readonly string[]
  male: readonly string[]
  female: readonly string[]
}

export type Occupation = {
  name: string
  kind: 'SELF' | 'EMPLOYEE' | 'NONE'
  /** Insurance group of payer group 1, for employees. */
  group: string
  minAge: number
  maxAge: number
  weights: Readonly<Record<string, number>>
}

/** Everything read from data/ (SOURCES.csv there says from where). */
export type Reference = {
  places: readonly Place[]
  placeByCommune: ReadonlyMap<string, Place>
  provinces: ReadonlyMap<string, Province>
  surnames: readonly { surname: string; share: number }[]
  middles: Readonly<Record<Sex, WeightedTable<string>>>
  givens: Readonly<Record<Sex, WeightedTable<string>>>
  ethnicNames: ReadonlyMap<string, EthnicNaming>
  /** Keyed `ethnicity|province`, `ethnicity|` and `*|`. */
  religions: ReadonlyMap<string, WeightedTable<string>>
  occupations: readonly Occupation[]
  /** `street`, `village`, `upland`, `highland` */
  localNames: ReadonlyMap<string, readonly string[]>
  /** Persons by five-year band (0: 0-4 … 17: 85 and over). */
  pyramid: readonly Readonly<Record<Sex, number>>[]
}

const rowsOf = (file: string) => rowsFromCsv(readFileSync(new URL(`data/${file}`, import.meta.url), 'utf8'))
const words = (text: string | undefined): readonly string[] => (text ? text.split(' ') : [])

/** Reads data/ once, in a few milliseconds. */
export function loadReference(): Reference {
  const provinceNames = new Map(rowsOf('provinces.csv').map((row) => [row.code, row.name]))
  const places = rowsOf('communes.csv').map((row): Place => ({
    commune: row.code ?? '',
    fullName: row.full_name ?? '',
    province: row.province_code ?? '',
    provinceName: provinceNames.get(row.province_code) ?? '',
    oldProvince: row.old_province_code ?? '',
    urban: row.unit_type === 'Phường',
    island: row.unit_type?.startsWith('Đặc khu') ?? false,
    former: row.renamed_on ? { name: row.former_name ?? '', until: row.renamed_on } : null,
    southern: Number(row.province_code) >= 48,
  }))
  return {
    places,
    placeByCommune: new Map(places.map((place) => [place.commune, place])),
    provinces: provincesFromFiles(),
    surnames: rowsOf('surnames.csv').map((row) => ({
      surname: row.surname ?? '',
      share: Number(row.share_pct_lth2005 || row.uit_sample_pct),
    })),
    middles: nameTables('middle_names.csv'),
    givens: nameTables('given_names.csv'),
    ethnicNames: new Map(
      rowsOf('ethnic_names.csv').map((row) => [
        row.ethnicity ?? '',
        {
          pattern: row.pattern ?? '',
          surnames: words(row.surnames),
          male: words(row.male_given),
          female: words(row.female_given),
        },
      ]),
    ),
    religions: new Map(
      rowsOf('religion_shares.csv').map((row) => [
        `${row.ethnicity}|${row.province_code}`,
        tableFromShares(row.shares_pct ?? ''),
      ]),
    ),
    occupations: rowsOf('occupations.csv').map((row): Occupation => ({
      name: row.name_vi ?? '',
      kind: row.kind === 'EMPLOYEE' || row.kind === 'NONE' ? row.kind : 'SELF',
      group: row.group ?? '',
      minAge: Number(row.min_age),
      maxAge: Number(row.max_age),
      weights: {
        'urban MALE': Number(row.weight_urban_m),
        'urban FEMALE': Number(row.weight_urban_f),
        'rural MALE': Number(row.weight_rural_m),
        'rural FEMALE': Number(row.weight_rural_f),
      },
    })),
    localNames: Map.groupBy(rowsOf('streets.csv'), (row) => row.kind ?? '')
      .entries()
      .reduce(
        (names, [kind, rows]) =>
          names.set(
            kind,
            rows.map((row) => row.name ?? ''),
          ),
        new Map<string, readonly string[]>(),
      ),
    pyramid: rowsOf('age_pyramid_2025_modelled.csv').map((row) => ({
      MALE: Number(row.male),
      FEMALE: Number(row.female),
    })),
  }
}

function provincesFromFiles(): ReadonlyMap<string, Province> {
  const shares = new Map(rowsOf('ethnic_shares.csv').map((row) => [row.province_code, row.shares_pct]))
  const traits = new Map(rowsOf('province_traits.csv').map((row) => [row.province_code, row]))
  return new Map(
    rowsOf('provinces.csv').map((row) => {
      const code = row.code ?? ''
      const trait = traits.get(code)
      return [
        code,
        {
          code,
          population: Number(row.population_thousand) * 1000,
          ethnicities: tableFromShares(shares.get(code) ?? '01:100'),
          poorPct: Number(trait?.poor_pct),
          nearPoorPct: Number(trait?.near_poor_pct),
          disadvantagedPct: Number(trait?.disadvantaged_pct),
        },
      ]
    }),
  )
}

function nameTables(file: string): Readonly<Record<Sex, WeightedTable<string>>> {
  const table = (sex: string) => {
    const counts = new Map(
      rowsOf(file)
        .filter((row) => row.sex === sex)
        .map((row) => [row.name ?? '', Number(row.sample_count)]),
    )
    return createWeightedTable([...counts.keys()], (name) => counts.get(name) ?? 0)
  }
  return { MALE: table('M'), FEMALE: table('F') }
}
