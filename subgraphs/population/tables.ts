import type { Table } from '../kit/types.ts'

const owner = { citizen: 't.personal_id' }

/** Found by personal number; placed by current residence. */
export const citizen: Table = {
  type: 'Citizen',
  from: 'citizen',
  key: 'personal_id',
  keyType: 'text',
  persons: { id: 't.personal_id' },
  place: { province: 't.province_code', commune: 't.commune_code' },
  columns: {
    fullName: 't.full_name',
    otherName: 't.other_name',
    personalId: 't.personal_id',
    dateOfBirth: 't.date_of_birth',
    sex: 't.sex',
    ethnicity: 't.ethnicity',
    religion: 't.religion',
    nationality: 't.nationality',
    bloodType: 't.blood_type',
    oldIdNumber: 't.old_id_number',
    temporaryAbsence: 't.temporary_absence',
    residenceFileNo: 't.residence_file_no',
    maritalStatus: 't.marital_status',
    relationToHead: 't.relation_to_head',
    lifeStatus: 't.life_status',
    deathOrMissingDate: 't.death_or_missing_date',
    phoneNumber: 't.phone_number',
    email: 't.email',
  },
}

export const idDocument: Table = {
  type: 'IdDocument',
  from: 'id_document',
  key: 'id',
  keyType: 'bigint',
  persons: owner,
  columns: {
    kind: 't.kind',
    issuedOn: 't.issued_on',
    issuedBy: 't.issued_by',
    expiresOn: 't.expires_on',
  },
}

/** Speaks of both ends of the tie. */
export const relative: Table = {
  type: 'Relative',
  from: 'relative',
  key: 'id',
  keyType: 'bigint',
  persons: { self: 't.personal_id', citizen: 't.relative_id' },
  columns: {
    relation: 't.relation',
    name: 't.full_name',
    personalId: 't.relative_id',
    oldIdNumber: 't.old_id_number',
    nationality: 't.nationality',
  },
}

export const adminAddress: Table = {
  type: 'AdminAddress',
  from: 'admin_address',
  key: 'id',
  keyType: 'bigint',
  persons: owner,
  columns: { text: 't.text', country: 't.country_code' },
}

export const residenceAddress: Table = {
  type: 'ResidenceAddress',
  from: 'residence_address',
  key: 'id',
  keyType: 'bigint',
  persons: owner,
  columns: { text: 't.text', line: 't.line', since: 't.since' },
}

/** Number, address and the fact of having members are common to all of them; each member's row speaks of that member. */
export const household: Table = {
  type: 'Household',
  from: 'household',
  key: 'id',
  keyType: 'text',
  persons: {
    members: 'array(select m.personal_id from household_member m where m.household_id = t.id order by m.personal_id)',
  },
  isCommon: true,
  place: { province: 't.province_code', commune: 't.commune_code' },
  columns: { householdNo: 't.id', address: 't.address' },
}

export const householdMember: Table = {
  type: 'HouseholdMember',
  from: 'household_member',
  key: 'personal_id',
  keyType: 'text',
  persons: owner,
  columns: {
    relation: 't.relation_to_head',
    fullName: 't.full_name',
    personalId: 't.personal_id',
    oldIdNumber: 't.old_id_number',
  },
}

export const otherInformation: Table = {
  type: 'OtherInformation',
  from: 'other_information',
  key: 'id',
  keyType: 'bigint',
  persons: owner,
  columns: { name: 't.name', value: 't.value', recordedOn: 't.recorded_on' },
}

export const identityRecord: Table = {
  type: 'IdentityRecord',
  from: 'identity_record',
  key: 'personal_id',
  keyType: 'text',
  persons: owner,
  columns: {
    portraitPhoto: 't.portrait_photo',
    occupation: 't.occupation',
    eidLevel: 't.eid_level',
    idCardImage: 't.id_card_image',
  },
}
