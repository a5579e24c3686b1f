import { rootPage } from '../kit/root-rows.ts'
import type { Edge } from '../kit/types.ts'
import {
  allergy,
  disability,
  facility,
  healthRecord,
  insuranceCard,
  labResult,
  prescription,
  vaccination,
  visit,
} from './tables.ts'

const catalogue = (type: string, column: string): Edge => ({ kind: 'catalogue', type, keyField: 'code', column })
const patient: Edge = { kind: 'person', field: 'patient' }

/** Where the health database's objects come from. */
export const edges: Readonly<Record<string, Readonly<Record<string, Edge>>>> = {
  Query: {
    facility: { kind: 'lookup', table: facility, key: (args) => String(args['code']) },
    facilities: rootPage(facility, 'Query.facilities', {
      where: 't.province_code = $1',
      values: (args) => [args['provinceCode']],
    }),
  },
  Citizen: {
    healthRecord: { kind: 'one', table: healthRecord, by: 'personal_id' },
    insuranceCards: { kind: 'list', table: insuranceCard, by: 'personal_id' },
    visits: { kind: 'connection', table: visit, by: 'personal_id' },
    vaccinations: { kind: 'list', table: vaccination, by: 'personal_id' },
  },
  HealthRecord: {
    patient,
    allergies: { kind: 'list', table: allergy, by: 'personal_id' },
    disability: { kind: 'one', table: disability, by: 'personal_id', where: 't.disability_form is not null' },
  },
  Disability: { patient },
  Allergy: { patient },
  InsuranceCard: {
    patient,
    insuranceObject: catalogue('InsuranceObject', 't.object_code'),
    primaryFacility: { kind: 'reference', table: facility, column: 't.facility_code' },
  },
  Visit: {
    patient,
    facility: { kind: 'reference', table: facility, column: 't.facility_code' },
    mainDisease: catalogue('IcdCode', 't.main_diagnosis'),
    prescriptions: { kind: 'list', table: prescription, by: 'visit_id' },
    labResults: { kind: 'list', table: labResult, by: 'visit_id' },
  },
  Prescription: { patient },
  LabResult: { patient },
  Vaccination: { patient },
}
