import type { CopyBatches } from '../../kit/postgres/copy-batches.ts'
import type { CopyValue } from '../../kit/postgres/copy-rows.ts'

const holder = ['personal_id', 'tax_code', 'user_type'] as const

/** The tables of the register with the columns that are filled, each after those it refers to. */
export const landTables = {
  person: ['personal_id'],
  holder_identity: ['personal_id', 'full_name', 'birth_year'],
  organisation: ['tax_code', 'name'],
  parcel: [
    'parcel_id',
    'commune_code',
    'province_code',
    'map_sheet_no',
    'parcel_no',
    'parcel_uid',
    'old_parcel_ref',
    'address',
    'area_m2',
    'planning',
    'price_per_m2',
    'central_meridian',
    'rings',
  ],
  land_use: ['id', 'parcel_id', 'use_type', 'area_m2', 'origin', 'form', 'term', 'term_until'],
  attached_asset: ['id', 'parcel_id', 'asset_type', 'floor_area_m2', 'grade', 'term'],
  land_right: [
    'id',
    'parcel_id',
    'kind',
    'asset_id',
    ...holder,
    'role',
    'share',
    'contact_address',
    'origin',
    'term',
    'term_until',
    'financial_obligation',
    'transaction_price',
    'registered_on',
  ],
  land_certificate: ['id', 'issue_no', 'registry_no', 'issued_at', 'issuer', 'status', 'scan_file'],
  certificate_of_right: ['id', 'certificate_id', 'right_id'],
  restriction: ['id', 'right_id', 'kind', 'mortgagee', 'decision_no', 'registered_on', 'lifted_on'],
  land_change: ['id', 'parcel_id', 'change_type', 'registered_at'],
  land_change_party: ['id', 'change_id', 'side', ...holder, 'share'],
} as const satisfies Readonly<Record<string, readonly string[]>>

export type LandTable = keyof typeof landTables

/** Rows on their way into the register, and the ids they are given. */
export type LandRows = {
  add: (table: LandTable, ...row: readonly CopyValue[]) => void
  /** Adds a row under the table's next id, which it returns. */
  addNumbered: (table: LandTable, ...row: readonly CopyValue[]) => number
}

/** Numbers rows table by table, from 1. */
export function createLandRows({ add }: Pick<CopyBatches<LandTable>, 'add'>): LandRows {
  const lastIds = new Map<LandTable, number>()
  return {
    add: (table, ...row) => add(table, row),
    addNumbered: (table, ...row) => {
      const id = (lastIds.get(table) ?? 0) + 1
      lastIds.set(table, id)
      add(table, [id, ...row])
      return id
    },
  }
}
