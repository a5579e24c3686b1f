import type { Table } from '../kit/types.ts'

const unit = { key: 'code', keyType: 'text', columns: { code: 't.code' } } as const

/** Units by code, for what statistics adds to the catalogue's. Nobody is spoken of. */
export const province: Table = { ...unit, type: 'Province', from: 'province' }
export const commune: Table = { ...unit, type: 'Commune', from: 'commune' }
export const formerProvince: Table = { ...unit, type: 'FormerProvince', from: 'former_province' }
export const formerCommune: Table = { ...unit, type: 'FormerCommune', from: 'former_commune' }
