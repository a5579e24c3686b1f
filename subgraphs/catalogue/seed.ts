import type { Client } from 'pg'
import { copyRows } from '../kit/postgres/copy-rows.ts'
import type { CopyValue } from '../kit/postgres/copy-rows.ts'
import { dataRows } from './data-rows.ts'
import type { DataRow } from '../../synthetic/read-rows.ts'
import { seedUnits } from './seed-units.ts'

type CodeList = {
  table: string
  file: string
  /** Column of the table -> its value in a row of the file. */
  columns: Readonly<Record<string, (row: DataRow, index: number) => CopyValue>>
}

const text = (column: string) => (row: DataRow) => row.text(column)
const optional = (column: string) => (row: DataRow) => row.optional(column)
const named = { code: text('code'), name: text('name_vi'), name_en: text('name_en') }

/** Each table after those it refers to. */
const codeLists: readonly CodeList[] = [
  {
    table: 'ethnic_group',
    file: 'ethnic_groups.csv',
    columns: {
      ...named,
      aliases: (row) =>
        row
          .text('alias_vi')
          .split(', ')
          .filter((alias) => alias !== ''),
    },
  },
  { table: 'religion', file: 'religions.csv', columns: named },
  {
    table: 'icd_chapter',
    file: 'icd_chapters.csv',
    columns: {
      code: text('code'),
      name: text('name_vi'),
      first_code: text('first_code'),
      last_code: text('last_code'),
    },
  },
  {
    table: 'icd_code',
    file: 'icd_codes.csv',
    columns: {
      code: text('code'),
      name: text('name_vi'),
      chapter_code: text('chapter_code'),
      sex_limit: optional('sex_limit'),
      age_from: optional('age_from'),
      age_to: optional('age_to'),
    },
  },
  { table: 'land_use_type', file: 'land_use_types.csv', columns: { ...named, parent_code: optional('parent_code') } },
  { table: 'land_use_origin', file: 'land_use_origins.csv', columns: named },
  {
    table: 'benefit_type',
    file: 'benefit_types.csv',
    columns: { ...named, scheme: text('scheme'), basis: text('basis') },
  },
  {
    table: 'social_assistance_category',
    file: 'social_assistance_categories.csv',
    columns: { ...named, group_no: text('group_no'), age_band: optional('age_band'), coefficient: text('coefficient') },
  },
  { table: 'vaccine', file: 'vaccines.csv', columns: { code: text('code'), name: text('name_vi') } },
  {
    table: 'vaccine_dose',
    file: 'vaccine_doses.csv',
    columns: {
      key: (_row, index) => index + 1,
      vaccine_code: text('vaccine_code'),
      dose_no: optional('dose_no'),
      age: text('age'),
      note: optional('note'),
    },
  },
  { table: 'facility_grade', file: 'facility_grades.csv', columns: { ...named, basis: text('basis') } },
  { table: 'insurance_payer_group', file: 'insurance_payer_groups.csv', columns: named },
  {
    table: 'insurance_benefit_level',
    file: 'insurance_benefit_levels.csv',
    columns: {
      code: text('code'),
      coverage: text('coverage_vi'),
      coverage_en: text('coverage_en'),
      rate: text('rate'),
    },
  },
  {
    table: 'insurance_object',
    file: 'insurance_objects.csv',
    columns: { ...named, payer_group: text('payer_group'), benefit_level: text('benefit_level') },
  },
]

/** Fills the catalogue from data/: the same for every population. */
export async function seed(client: Client): Promise<void> {
  await seedUnits(client)
  for (const { table, file, columns } of codeLists) {
    const cells = Object.values(columns)
    const rows = dataRows(file).map((row, index) => cells.map((cell) => cell(row, index)))
    await copyRows(client, table, Object.keys(columns), rows)
  }
}
