import type { Client } from 'pg'
import { copyRows } from '../../kit/postgres/copy-rows.ts'
import { readData } from '../read-data.ts'
import type { Diagnoses } from './diagnoses.ts'
import type { Facilities } from './facilities.ts'

/** Loads the code lists and the facilities. */
export async function seedReference(client: Client, diagnoses: Diagnoses, facilities: Facilities): Promise<void> {
  await copyRows(
    client,
    'icd10',
    ['code', 'name_vi', 'chapter', 'sex', 'min_age', 'max_age', 'sensitivity'],
    diagnoses.all.map((one) => [one.code, one.name, one.chapter, one.sex, one.minAge, one.maxAge, one.sensitivity]),
  )
  await copyRows(
    client,
    'insurance_object',
    ['code', 'name_vi', 'payer_group', 'usual_level'],
    readData('bhyt_object_codes.csv').map((row) => [
      row.text('code'),
      row.text('name_vi'),
      row.number('payer_group'),
      row.number('benefit_level_digit'),
    ]),
  )
  await copyRows(
    client,
    'visit_object',
    ['code', 'name_vi'],
    readData('visit_object_codes.csv').map((row) => [row.text('code'), row.text('name_vi_short')]),
  )
  const doses = readData('vaccine_doses.csv')
  const vaccines = new Map(doses.map((row) => [row.text('vaccine'), row.text('name_vi')]))
  await copyRows(client, 'vaccine', ['code', 'name_vi'], vaccines)
  await copyRows(
    client,
    'vaccine_dose',
    ['vaccine', 'dose'],
    doses.map((row) => [row.text('vaccine'), row.number('dose')]),
  )
  await copyRows(
    client,
    'facility',
    ['code', 'name', 'kind', 'level', 'province_code', 'commune_code', 'synthetic'],
    facilities.all.map((one) => [one.code, one.name, one.kind, one.level, one.province, one.commune, one.synthetic]),
  )
}
