import type { Client } from 'pg'
import { copyRows } from '../../kit/postgres/copy-rows.ts'
import type { CopyValue } from '../../kit/postgres/copy-rows.ts'

const holder = 'personal_id tax_code user_type'

/** The tables of the register with the columns that are filled, each after those it refers to. */
const columns = {
  person: 'personal_id',
  organisation: 'tax_code name',
  parcel:
    'parcel_id commune_code province_code map_sheet_no parcel_no parcel_uid old_parcel_ref address area_m2 planning ' +
    'price_per_m2 central_meridian rings',
  land_use: 'id parcel_id use_type area_m2 origin form term term_until',
  attached_asset: 'id parcel_id asset_type floor_area_m2 grade term',
  land_right:
    `id parcel_id kind asset_id ${holder} role share contact_address origin term term_until ` +
    'financial_obligation transaction_price registered_on',
  land_certificate: 'id issue_no registry_no issued_at issuer status scan_file',
  certificate_of_right: 'id certificate_id right_id',
  restriction: 'id right_id kind mortgagee decision_no registered_on lifted_on',
  land_change: 'id parcel_id change_type registered_at',
  land_change_party: `id change_id side ${holder} share`,
}

export type LandTable = keyof typeof columns

/** Rows that wait to be copied, and the ids they were given. */
export type LandRows = {
  add: (table: LandTable, ...row: readonly CopyValue[]) => void
  /** Adds a row under the table's next id, which it returns. */
  addNumbered: (table: LandTable, ...row: readonly CopyValue[]) => number
  waiting: () => number
  /** Copies what waits, table by table, and has every sum checked. */
  flush: (client: Client) => Promise<void>
}

/** Gathers rows of all tables so that they can be copied a table at a time, without holding more than a batch. */
export function createLandRows(): LandRows {
  const tables = Object.entries(columns).map(([table]) => table as LandTable)
  const rows = new Map<LandTable, CopyValue[][]>(tables.map((table) => [table, []]))
  const lastIds = new Map<LandTable, number>()
  const add = (table: LandTable, ...row: readonly CopyValue[]): void => void rows.get(table)?.push([...row])
  return {
    add,
    addNumbered: (table, ...row) => {
      const id = (lastIds.get(table) ?? 0) + 1
      lastIds.set(table, id)
      add(table, id, ...row)
      return id
    },
    waiting: () => rows.values().reduce((sum, waiting) => sum + waiting.length, 0),
    flush: async (client) => {
      for (const [table, waiting] of rows) {
        if (waiting.length > 0) await copyRows(client, table, columns[table].split(' '), waiting)
        rows.set(table, [])
      }
      // Sums are checked at the end of a transaction; here batch by batch, so that the queue of checks stays short.
      await client.query('set constraints all immediate')
      await client.query('set constraints all deferred')
    },
  }
}
