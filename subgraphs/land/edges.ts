import { problem } from '../../policy/errors.ts'
import { rootPage } from '../kit/root-rows.ts'
import type { Edge, Table } from '../kit/types.ts'
import {
  attachedAsset,
  landCertificate,
  landChange,
  landChangeParty,
  landRight,
  landUse,
  landUser,
  organisation,
  parcel,
  parcelGeometry,
  restriction,
} from './tables.ts'

const list = (table: Table, by: string): Edge => ({ kind: 'list', table, by })
const catalogue = (type: string, column: string): Edge => ({ kind: 'catalogue', type, keyField: 'code', column })
const holder: Edge = { kind: 'person', field: 'holder' }
const ofOrganisation: Edge = { kind: 'reference', table: organisation, column: 't.tax_code' }

/** Where the objects of the land register come from. */
export const edges: Readonly<Record<string, Readonly<Record<string, Edge>>>> = {
  Query: {
    landParcel: { kind: 'lookup', table: parcel, key: (args) => parcelIdFrom(args['parcelId']) },
    landParcels: rootPage(parcel, 'Query.landParcels', {
      where: 't.commune_code = $1',
      values: (args) => [args['communeCode']],
    }),
  },
  Citizen: { landRights: { kind: 'connection', table: landRight, by: 'personal_id' } },
  Parcel: {
    commune: catalogue('Commune', 't.commune_code'),
    landUses: list(landUse, 'parcel_id'),
    geometry: { kind: 'embed', table: parcelGeometry },
    rights: list(landRight, 'parcel_id'),
    changes: { kind: 'connection', table: landChange, by: 'parcel_id' },
  },
  LandUse: {
    useType: catalogue('LandUseType', 't.use_type'),
    origin: catalogue('LandUseOrigin', 't.origin'),
  },
  LandRight: {
    parcel: { kind: 'reference', table: parcel, column: 't.parcel_id' },
    holder,
    user: { kind: 'embed', table: landUser },
    origin: catalogue('LandUseOrigin', 't.origin'),
    certificates: list(landCertificate, 'right_id'),
    asset: { kind: 'one', table: attachedAsset, by: 'right_id' },
    restrictions: list(restriction, 'right_id'),
  },
  // The row is the right's, and so are its persons.
  LandUser: { citizen: holder, organisation: ofOrganisation },
  LandCertificate: { holder },
  AttachedAsset: { holder },
  Restriction: { holder },
  LandChange: { fromTo: list(landChangeParty, 'change_id') },
  LandChangeParty: { citizen: { kind: 'person', field: 'citizen' }, organisation: ofOrganisation },
}

/** Commune code, map sheet and parcel number, joined as the register writes them. Throws BAD_USER_INPUT. */
function parcelIdFrom(value: unknown): string {
  if (typeof value === 'string' && /^\d{5}_[1-9]\d{0,5}_[1-9]\d{0,6}$/.test(value)) return value
  throw problem('BAD_USER_INPUT', {
    vi: 'mã thửa đất có dạng mã xã, số tờ, số thửa: 00004_12_345',
    en: 'a parcel id is commune code, map sheet and number: 00004_12_345',
  })
}
