import { rootList, rootPage } from '../kit/root-rows.ts'
import type { Edge, Table } from '../kit/types.ts'
import {
  adminUnitVersion,
  benefitType,
  commune,
  communePeriod,
  communeSuccession,
  ethnicGroup,
  facilityGrade,
  formerCommune,
  formerProvince,
  icdChapter,
  icdCode,
  insuranceBenefitLevel,
  insuranceObject,
  insurancePayerGroup,
  landUseOrigin,
  landUseType,
  province,
  provincePeriod,
  religion,
  socialAssistanceCategory,
  vaccine,
  vaccineDose,
} from './tables.ts'
import { dictionary, dictionaryField } from './data-dictionary.ts'
import { procedure, procedures } from './procedures/procedures.ts'
import { versionOn } from './version-on.ts'

const byCode = (table: Table): Edge => ({ kind: 'lookup', table, key: (args) => String(args['code']) })
const reference = (table: Table, column: string): Edge => ({ kind: 'reference', table, column })
const list = (table: Table, by: string): Edge => ({ kind: 'list', table, by })
/** Units whose code holds today; one that was abolished is still found by its code. */
const holds = 't.valid_to is null or t.valid_to >= today_in_viet_nam()'

/** Where the catalogue's objects come from. */
export const edges: Readonly<Record<string, Readonly<Record<string, Edge>>>> = {
  Query: {
    provinces: rootList(province, { where: holds }),
    province: byCode(province),
    communes: rootList(commune, {
      where: `t.province_code = $1 and (${holds})`,
      values: (args) => [args['provinceCode']],
    }),
    commune: byCode(commune),
    formerCommune: byCode(formerCommune),
    formerProvinces: rootList(formerProvince),
    ethnicGroups: rootList(ethnicGroup),
    religions: rootList(religion),
    icdCodes: rootPage(icdCode, 'Query.icdCodes', {
      where: 'starts_with(t.code, $1)',
      values: (args) => [args['prefix'] ?? ''],
    }),
    icdCode: byCode(icdCode),
    icdChapters: rootList(icdChapter, { order: 't.first_code' }),
    landUseTypes: rootList(landUseType),
    landUseOrigins: rootList(landUseOrigin),
    benefitTypes: rootList(benefitType),
    socialAssistanceCategories: rootList(socialAssistanceCategory),
    vaccines: rootList(vaccine),
    facilityGrades: rootList(facilityGrade),
    insuranceObjects: rootList(insuranceObject),
    dictionary: { kind: 'resolve', resolve: dictionary },
    dictionaryField: { kind: 'resolve', resolve: dictionaryField },
    procedures: { kind: 'resolve', resolve: procedures },
    procedure: { kind: 'resolve', resolve: procedure },
  },
  Province: {
    validFromTo: { kind: 'embed', table: provincePeriod },
    versions: list(adminUnitVersion, 'code'),
    version: versionOn,
    communes: { kind: 'list', table: commune, by: 'province_code', where: holds },
    formerProvinces: list(formerProvince, 'province_code'),
  },
  Commune: {
    province: reference(province, 't.province_code'),
    validFromTo: { kind: 'embed', table: communePeriod },
    versions: list(adminUnitVersion, 'code'),
    version: versionOn,
    predecessors: list(communeSuccession, 'code'),
  },
  FormerProvince: { province: reference(province, 't.province_code') },
  FormerCommune: {
    formerProvince: reference(formerProvince, 't.former_province_code'),
    successors: list(communeSuccession, 'former_code'),
  },
  CommuneSuccession: {
    formerCommune: reference(formerCommune, 't.former_code'),
    commune: reference(commune, 't.code'),
  },
  IcdCode: { chapter: reference(icdChapter, 't.chapter_code') },
  LandUseType: {
    parent: reference(landUseType, 't.parent_code'),
    children: list(landUseType, 'parent_code'),
  },
  Vaccine: { doses: list(vaccineDose, 'vaccine_code') },
  InsuranceObject: {
    payerGroup: reference(insurancePayerGroup, 't.payer_group'),
    benefitLevel: reference(insuranceBenefitLevel, 't.benefit_level'),
  },
}
