import type { Table } from '../kit/types.ts'

const named = { code: 't.code', name: 't.name', nameEn: 't.name_en' }
const validity = { validFrom: 't.valid_from', validTo: 't.valid_to' }
const unit = { ...named, fullName: 't.full_name', unitType: 't.unit_type', ...validity }

/** A unit by the name that holds today. */
export const province: Table = {
  type: 'Province',
  from: 'province',
  key: 'code',
  keyType: 'text',
  columns: { ...unit, region: 't.region' },
}

/** A unit by the name that holds today. */
export const commune: Table = {
  type: 'Commune',
  from: 'commune',
  key: 'code',
  keyType: 'text',
  columns: { ...unit, draftCode: 't.draft_code' },
}

const period = { from: 't.valid_from', to: 't.valid_to' }

/** The validity of a province's code, in the province's own row. */
export const provincePeriod: Table = {
  type: 'AdminUnitPeriod',
  from: 'province',
  key: 'code',
  keyType: 'text',
  columns: period,
}

/** The same in a commune's row. */
export const communePeriod: Table = { ...provincePeriod, from: 'commune' }

export const adminUnitVersion: Table = {
  type: 'AdminUnitVersion',
  from: 'admin_unit_version',
  key: 'key',
  keyType: 'text',
  columns: {
    code: 't.code',
    name: 't.name',
    fullName: 'unit_full_name(t.unit_type, t.name)',
    unitType: 't.unit_type',
    ...validity,
    basis: 't.basis',
  },
}

export const formerProvince: Table = {
  type: 'FormerProvince',
  from: 'former_province',
  key: 'code',
  keyType: 'text',
  columns: { code: 't.code', fullName: 't.full_name' },
}

export const formerCommune: Table = {
  type: 'FormerCommune',
  from: 'former_commune',
  key: 'code',
  keyType: 'text',
  columns: { code: 't.code', fullName: 't.full_name', validTo: 't.valid_to' },
}

export const communeSuccession: Table = {
  type: 'CommuneSuccession',
  from: 'commune_succession',
  key: 'key',
  keyType: 'text',
  columns: { kind: 't.kind' },
}

export const ethnicGroup: Table = {
  type: 'EthnicGroup',
  from: 'ethnic_group',
  key: 'code',
  keyType: 'text',
  columns: { ...named, aliases: 't.aliases' },
}

export const religion: Table = { type: 'Religion', from: 'religion', key: 'code', keyType: 'text', columns: named }

export const icdChapter: Table = {
  type: 'IcdChapter',
  from: 'icd_chapter',
  key: 'code',
  keyType: 'text',
  columns: { code: 't.code', name: 't.name', firstCode: 't.first_code', lastCode: 't.last_code' },
}

export const icdCode: Table = {
  type: 'IcdCode',
  from: 'icd_code',
  key: 'code',
  keyType: 'text',
  columns: { code: 't.code', name: 't.name', sexLimit: 't.sex_limit', ageFrom: 't.age_from', ageTo: 't.age_to' },
}

export const landUseType: Table = {
  type: 'LandUseType',
  from: 'land_use_type',
  key: 'code',
  keyType: 'text',
  columns: named,
}

export const landUseOrigin: Table = {
  type: 'LandUseOrigin',
  from: 'land_use_origin',
  key: 'code',
  keyType: 'text',
  columns: named,
}

export const benefitType: Table = {
  type: 'BenefitType',
  from: 'benefit_type',
  key: 'code',
  keyType: 'text',
  columns: { ...named, scheme: 't.scheme', basis: 't.basis' },
}

export const socialAssistanceCategory: Table = {
  type: 'SocialAssistanceCategory',
  from: 'social_assistance_category',
  key: 'code',
  keyType: 'text',
  columns: { ...named, groupNo: 't.group_no', ageBand: 't.age_band', coefficient: 't.coefficient::text' },
}

export const vaccine: Table = {
  type: 'Vaccine',
  from: 'vaccine',
  key: 'code',
  keyType: 'text',
  columns: { code: 't.code', name: 't.name' },
}

export const vaccineDose: Table = {
  type: 'VaccineDose',
  from: 'vaccine_dose',
  key: 'key',
  keyType: 'bigint',
  columns: { doseNo: 't.dose_no', age: 't.age', note: 't.note' },
}

export const facilityGrade: Table = {
  type: 'FacilityGrade',
  from: 'facility_grade',
  key: 'code',
  keyType: 'text',
  columns: { ...named, basis: 't.basis' },
}

export const insurancePayerGroup: Table = {
  type: 'InsurancePayerGroup',
  from: 'insurance_payer_group',
  key: 'code',
  keyType: 'bigint',
  columns: named,
}

export const insuranceBenefitLevel: Table = {
  type: 'InsuranceBenefitLevel',
  from: 'insurance_benefit_level',
  key: 'code',
  keyType: 'bigint',
  columns: { code: 't.code', coverage: 't.coverage', coverageEn: 't.coverage_en', rate: 't.rate::text' },
}

export const insuranceObject: Table = {
  type: 'InsuranceObject',
  from: 'insurance_object',
  key: 'code',
  keyType: 'text',
  columns: named,
}
