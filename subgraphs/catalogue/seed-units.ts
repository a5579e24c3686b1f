import type { Client } from 'pg'
import { copyRows } from '../kit/postgres/copy-rows.ts'
import { dataRows } from './data-rows.ts'
import type { DataRow } from '../../synthetic/read-rows.ts'

/** The reorganisation: all codes of today hold from this day, the former ones until the day before. */
const reorganised = '2025-07-01'
const lastDayBefore = '2025-06-30'
const decision = 'QĐ 19/2025/QĐ-TTg'
/** Codes that the list of CV 1027/CTK-CSCL (2025-06-25) gave before the decision changed them. */
const draftCodes: Readonly<Record<string, string>> = { '06978': '06970', '23938': '23737' }

/** Administrative units with every name they have had, and what they were made of. */
export async function seedUnits(client: Client): Promise<void> {
  const provinces = dataRows('provinces.csv')
  const communes = dataRows('communes.csv')
  const columns = ['code', 'province_code', 'name_en', 'full_name_en', 'region', 'draft_code', 'valid_from']
  const unit = (province: string | null, region: string | null, { text }: DataRow) => {
    const code = text('code')
    return [code, province, text('name_en'), text('full_name_en'), region, draftCodes[code] ?? null, reorganised]
  }
  await copyRows(
    client,
    'admin_unit',
    columns,
    provinces.map((row) => unit(null, row.text('region'), row)),
  )
  await copyRows(
    client,
    'admin_unit',
    columns,
    communes.map((row) => unit(row.text('province_code'), null, row)),
  )
  await copyRows(
    client,
    'admin_unit_version',
    ['key', 'code', 'name', 'unit_type', 'valid_from', 'valid_to', 'basis'],
    versions([...provinces, ...communes]),
  )
  await seedFormerUnits(client)
}

const unitTypes: Readonly<Record<string, string>> = {
  Tỉnh: 'PROVINCE',
  'Thành phố': 'CITY',
  Xã: 'COMMUNE',
  Phường: 'WARD',
}

function versions(units: readonly DataRow[]): (string | null)[][] {
  const changes = new Map(dataRows('admin_unit_changes.csv').map((row) => [row.text('code'), row]))
  return units.flatMap(({ text }) => {
    const code = text('code')
    const change = changes.get(code)
    const now = [text('name'), text('unit_type')]
    if (change === undefined) return [[`${code}@${reorganised}`, code, ...now, reorganised, null, decision]]
    const effective = change.text('effective')
    return [
      [
        `${code}@${reorganised}`,
        code,
        ...nameAndType(change.text('name_before')),
        reorganised,
        dayBefore(effective),
        decision,
      ],
      [`${code}@${effective}`, code, ...now, effective, null, change.text('basis')],
    ]
  })
}

function nameAndType(fullName: string): [string, string] {
  const [words, type] = Object.entries(unitTypes).find(([prefix]) => fullName.startsWith(`${prefix} `)) ?? []
  if (words === undefined || type === undefined) throw new RangeError('a unit without its type')
  return [fullName.slice(words.length + 1), type]
}

function dayBefore(day: string): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() - 1)
  return date.toISOString().slice(0, 10)
}

async function seedFormerUnits(client: Client): Promise<void> {
  await copyRows(
    client,
    'former_province',
    ['code', 'full_name', 'province_code'],
    dataRows('former_provinces.csv').map(({ text }) => [text('code'), text('full_name'), text('province_code')]),
  )
  await copyRows(
    client,
    'former_commune',
    ['code', 'full_name', 'former_province_code', 'valid_to'],
    dataRows('former_communes.csv').map(({ text }) => [
      text('code'),
      text('full_name'),
      text('former_province_code'),
      lastDayBefore,
    ]),
  )
  await copyRows(
    client,
    'commune_succession',
    ['key', 'former_code', 'code', 'kind'],
    dataRows('commune_successions.csv').map(({ text }) => {
      const [former, code] = [text('old_code'), text('new_code')]
      return [`${former}>${code}`, former, code, text('kind')]
    }),
  )
}
