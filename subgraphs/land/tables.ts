import type { Table } from '../kit/types.ts'

/** The parcel's commune counts for jurisdiction, whatever the row. */
const place = { province: 't.province_code', commune: 't.commune_code' }
const holder = { holder: 't.personal_id' }

/** A person the register knows. They have no single place: each right is where its parcel is. */
export const citizen: Table = {
  type: 'Citizen',
  from: 'person',
  key: 'personal_id',
  keyType: 'text',
  persons: { id: 't.personal_id' },
  columns: {},
}

/** Everybody who holds a right to the parcel: what is shared about it is about all of them. */
const holders = {
  rights: `array(select r.personal_id from land_right r
    where r.parcel_id = t.parcel_id and r.personal_id is not null order by r.id)`,
}

export const parcel: Table = {
  type: 'Parcel',
  from: 'parcel',
  key: 'parcel_id',
  keyType: 'text',
  persons: holders,
  place,
  columns: {
    parcelId: 't.parcel_id',
    parcelUid: 't.parcel_uid',
    communeCode: 't.commune_code',
    mapSheetNo: 't.map_sheet_no',
    parcelNo: 't.parcel_no',
    oldParcelRef: 't.old_parcel_ref',
    address: 't.address',
    areaM2: 't.area_m2::float8',
    planning: 't.planning',
    landPrice: 't.price_per_m2::text',
  },
}

/** Lies in the parcel's row. */
export const parcelGeometry: Table = {
  ...parcel,
  type: 'ParcelGeometry',
  columns: {
    type: `'POLYGON'`,
    centralMeridian: 't.central_meridian::float8',
    coordinates: 't.rings',
  },
}

export const landUse: Table = {
  type: 'LandUse',
  from: 'land_use',
  key: 'id',
  keyType: 'bigint',
  columns: { areaM2: 't.area_m2::float8', form: 't.form', term: 't.term', termUntil: 't.term_until' },
}

export const landRight: Table = {
  type: 'LandRight',
  from: 'land_right_entry',
  key: 'id',
  keyType: 'bigint',
  persons: holder,
  place,
  when: 't.registered_on',
  columns: {
    right: 't.kind',
    term: 't.term',
    termUntil: 't.term_until',
    financialObligation: 't.financial_obligation',
    transactionPrice: 't.transaction_price',
    registeredOn: 't.registered_on',
  },
}

/** Lies in the right's row, and speaks of its holder. */
export const landUser: Table = {
  ...landRight,
  type: 'LandUser',
  columns: {
    userType: 't.user_type',
    roleOnCertificate: 't.role',
    share: 't.share::float8',
    contactAddress: 't.contact_address',
  },
}

export const organisation: Table = {
  type: 'Organisation',
  from: 'organisation',
  key: 'tax_code',
  keyType: 'text',
  columns: { taxCode: 't.tax_code', name: 't.name' },
}

export const landCertificate: Table = {
  type: 'LandCertificate',
  from: 'certificate_entry',
  key: 'id',
  keyType: 'bigint',
  persons: holder,
  place,
  when: 't.issued_at',
  columns: {
    issueNo: 't.issue_no',
    registryNo: 't.registry_no',
    issuedAt: 't.issued_at',
    issuer: 't.issuer',
    status: 't.status',
    scanFile: 't.scan_file',
  },
}

export const attachedAsset: Table = {
  type: 'AttachedAsset',
  from: 'asset_entry',
  key: 'right_id',
  keyType: 'bigint',
  persons: holder,
  place,
  when: 't.registered_on',
  columns: {
    assetType: 't.asset_type',
    floorAreaM2: 't.floor_area_m2::float8',
    grade: 't.grade',
    ownership: 't.term',
  },
}

export const restriction: Table = {
  type: 'Restriction',
  from: 'restriction_entry',
  key: 'id',
  keyType: 'bigint',
  persons: holder,
  place,
  when: 't.registered_on',
  columns: {
    kind: 't.kind',
    mortgagee: 't.mortgagee',
    decisionNo: 't.decision_no',
    registeredOn: 't.registered_on',
    liftedOn: 't.lifted_on',
  },
}

/** Speaks of both sides: neither opens the other's part. */
export const landChange: Table = {
  type: 'LandChange',
  from: 'land_change_entry',
  key: 'id',
  keyType: 'bigint',
  persons: { fromTo: 't.persons' },
  place,
  when: `t.registered_at at time zone 'Asia/Ho_Chi_Minh'`,
  columns: { changeType: 't.change_type', registeredAt: 't.registered_at' },
}

export const landChangeParty: Table = {
  type: 'LandChangeParty',
  from: 'land_change_party_entry',
  key: 'id',
  keyType: 'bigint',
  persons: { citizen: 't.personal_id' },
  place,
  when: `t.registered_at at time zone 'Asia/Ho_Chi_Minh'`,
  columns: { side: 't.side', userType: 't.user_type', share: 't.share::float8' },
}
