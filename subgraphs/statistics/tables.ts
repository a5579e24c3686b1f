import type { Table } from '../kit/types.ts'
import { readerOf } from './reading/load-statistics.ts'

const unit = { key: 'code', keyType: 'text', columns: { code: 't.code' } } as const

/** Units by code, for what statistics adds to the catalogue's. Nobody is spoken of. */
export const province: Table = { ...unit, type: 'Province', from: 'province', keys: unitsOf(2) }
export const commune: Table = { ...unit, type: 'Commune', from: 'commune', keys: unitsOf(5) }
export const formerProvince: Table = { ...unit, type: 'FormerProvince', from: 'former_province' }
export const formerCommune: Table = { ...unit, type: 'FormerCommune', from: 'former_commune' }

function unitsOf(length: 2 | 5): NonNullable<Table['keys']> {
  return async (context) => (await readerOf(context).state()).unitsOf(length)
}
