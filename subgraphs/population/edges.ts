import { problem } from '../../policy/errors.ts'
import type { Edge, SubgraphContext, Table } from '../kit/types.ts'
import { searchCitizens } from './search-citizens.ts'
import {
  adminAddress,
  citizen,
  household,
  householdMember,
  idDocument,
  identityRecord,
  otherInformation,
  relative,
  residenceAddress,
} from './tables.ts'

const list = (table: Table, by = 'personal_id'): Edge => ({ kind: 'list', table, by })
const one = (table: Table, where?: string): Edge => ({
  kind: 'one',
  table,
  by: 'personal_id',
  ...(where ? { where } : {}),
})
const catalogue = (type: string, column: string): Edge => ({ kind: 'catalogue', type, keyField: 'code', column })
const person = (field = 'citizen'): Edge => ({ kind: 'person', field })
const place = { commune: catalogue('Commune', 't.commune_code'), province: catalogue('Province', 't.province_code') }

/** Where the objects of the population database come from. */
export const edges: Readonly<Record<string, Readonly<Record<string, Edge>>>> = {
  Query: {
    me: {
      kind: 'resolve',
      about: (_args, { principal: { personalId } }) => (personalId === null ? {} : { persons: [personalId] }),
      resolve: async (_parent, _args, { principal: { personalId }, gate }) => {
        const row = personalId === null ? null : await gate.row(citizen, personalId)
        return row?.exists === true ? row : null
      },
    },
    citizen: { kind: 'lookup', table: citizen, key: (args) => String(args['personalId']) },
    household: { kind: 'lookup', table: household, key: (args, context) => opened(String(args['id']), context) },
    searchCitizens,
  },
  Citizen: {
    placeOfBirth: one(adminAddress, `t.kind = 'BIRTH'`),
    birthRegistrationPlace: one(adminAddress, `t.kind = 'BIRTH_REGISTRATION'`),
    homeTown: one(adminAddress, `t.kind = 'HOME_TOWN'`),
    ethnicGroup: catalogue('EthnicGroup', 't.ethnicity'),
    idDocuments: list(idDocument),
    relatives: list(relative),
    permanentResidence: one(residenceAddress, `t.kind = 'PERMANENT'`),
    temporaryResidence: one(residenceAddress, `t.kind = 'TEMPORARY'`),
    currentResidence: one(residenceAddress, `t.kind = 'CURRENT'`),
    household: { kind: 'reference', table: household, column: 't.household_id' },
    otherInfo: list(otherInformation),
    identityRecord: one(identityRecord),
  },
  IdDocument: { citizen: person() },
  Relative: { self: person('self'), citizen: person() },
  AdminAddress: { citizen: person(), ...place },
  ResidenceAddress: { citizen: person(), ...place },
  Household: {
    head: { kind: 'one', table: householdMember, by: 'household_id', where: `t.relation_to_head = 'HEAD'` },
    members: list(householdMember, 'household_id'),
  },
  HouseholdMember: { citizen: person() },
  OtherInformation: { citizen: person() },
  IdentityRecord: { citizen: person() },
}

/** The household of a sealed id. Throws BAD_USER_INPUT for one that is forged, foreign or of another type. */
function opened(id: string, { services, principal }: SubgraphContext): string {
  const key = services.ids.open(id, 'Household', principal.audience)
  if (key !== null) return key
  throw problem('BAD_USER_INPUT', { vi: 'mã định danh không dùng được ở đây', en: 'the id is not valid here' })
}
