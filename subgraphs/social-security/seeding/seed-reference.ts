import type { Client } from 'pg'
import { copyRows } from '../../kit/postgres/copy-rows.ts'
import { readData } from '../read-data.ts'
import type { Employers } from './employers.ts'
import type { Parameters } from './parameters.ts'

/** Loads the law's parameters, the code lists and the employers. */
export async function seedReference(client: Client, parameters: Parameters, employers: Employers): Promise<void> {
  await copyRows(
    client,
    'salary_bound',
    ['scheme', 'valid_from', 'valid_to', 'floor', 'cap'],
    parameters.bounds.map(({ scheme, from, to, floor, cap }) => [scheme, from, to, floor, cap]),
  )
  await copyRows(
    client,
    'contribution_rate',
    ['id', 'scheme', 'valid_from', 'valid_to', 'pension', 'sickness_maternity', 'work_accident', 'unemployment'],
    parameters.rates.map(({ id, scheme, from, to, shares }) => [id, scheme, from, to, ...shares]),
  )
  await copyRows(
    client,
    'assistance_base',
    ['valid_from', 'valid_to', 'amount'],
    parameters.assistanceBases.map(({ from, to, value }) => [from, to, value]),
  )
  await copyRows(
    client,
    'benefit_type',
    ['code', 'scheme', 'name_vi'],
    readData('si_benefit_types.csv').map((row) => [row.text('code_project'), row.text('scheme'), row.text('name_vi')]),
  )
  await copyRows(
    client,
    'social_category',
    ['code', 'name_vi', 'ages', 'coefficient'],
    readData('social_assistance_categories.csv').map((row) => [
      row.text('code_project'),
      row.text('name_vi'),
      multirangeFromBand(row.text('age_band')),
      row.text('coefficient'),
    ]),
  )
  await copyRows(
    client,
    'employer',
    ['id', 'unit_code', 'tax_code', 'name', 'province_code'],
    employers.all.map(({ id, unitCode, taxCode, name, province }) => [id, unitCode, taxCode, name, province]),
  )
}

/** `0-15;60+` as a multirange of completed years; the empty band is any age. */
export function multirangeFromBand(band: string): string {
  if (band === '') return '{[0,)}'
  const ranges = band
    .split(';')
    .map((part) => (part.endsWith('+') ? `[${part.slice(0, -1)},)` : `[${part.replace('-', ',')}]`))
  return `{${ranges.join(',')}}`
}
