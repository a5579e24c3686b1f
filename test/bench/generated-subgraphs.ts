import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SubgraphDefinition, Table } from '../../subgraphs/kit/types.ts'

/** So many databases are to be connected (NQ 71/NQ-CP). */
export const databasesToConnect = 116

/** Whose database the generated ones are read from: each shows a citizen's row as a register of its own. */
export const borrowedDatabase = 'population'

/**
 * So many further subgraphs, small and real: each a register with an entry a citizen, classified, masked, decided and read
 * like any other. Writes schema and dictionary of each below `folder`.
 */
export function generatedSubgraphs(count: number, folder: string): SubgraphDefinition[] {
  return Array.from({ length: count }, (_, index) => {
    const number = String(index + 1).padStart(3, '0')
    const name = `register-${number}`
    const own = join(folder, name)
    mkdirSync(own, { recursive: true })
    writeFileSync(join(own, 'schema.graphql'), schemaOf(number))
    writeFileSync(join(own, 'dictionary.csv'), dictionaryOf(number))
    return { name, owner: 'BCA', folder: own, tables: [citizen, entryOf(number)], edges: edgesOf(number) }
  })
}

const row = { from: 'citizen', key: 'personal_id', keyType: 'text' } as const
const place = { province: 't.province_code', commune: 't.commune_code' }
const citizen: Table = { ...row, type: 'Citizen', persons: { id: 't.personal_id' }, place, columns: {} }

const entryOf = (number: string): Table => ({
  ...row,
  type: `Entry${number}`,
  persons: { holder: 't.personal_id' },
  place,
  columns: { number: 't.personal_id', name: 't.full_name', since: 't.date_of_birth', status: 't.life_status' },
})

function edgesOf(number: string): SubgraphDefinition['edges'] {
  const table = entryOf(number)
  return {
    Query: { [`entry${number}`]: { kind: 'lookup', table, key: (args) => String(args['personalId']) } },
    Citizen: { [`entry${number}`]: { kind: 'one', table, by: 'personal_id' } },
    [`Entry${number}`]: { holder: { kind: 'person', field: 'holder' } },
  }
}

const schemaOf = (number: string): string => `
"Công dân. A citizen."
type Citizen @key(fields: "id") @subject(persons: ["id"]) {
  "Mã định danh đã niêm phong. Sealed id."
  id: ID! @classified(dict: "x-core.id", sharing: SHARED, personal: [B11], owner: "BCA", structure: true)
  "Mục trong sổ ${number}. The entry in register ${number}."
  entry${number}: Entry${number} @classified(dict: "x-register-${number}.citizen.entry", sharing: SHARED, personal: [B11], owner: "BCA")
}

"Một mục của sổ ${number}. An entry of register ${number}."
type Entry${number} @subject(persons: ["holder"]) @classified(sharing: SHARED, personal: [B11], owner: "BCA") {
  "Người trong mục. Whose entry it is."
  holder: Citizen @classified(dict: "x-register-${number}.entry.holder")
  "Số của mục. Its number."
  number: PersonalId @classified(dict: "x-register-${number}.entry.number", personal: [B7], inferring: [B2, B3, B4], mask: LAST3)
  "Họ tên trong sổ. The name it holds."
  name: String @classified(dict: "x-register-${number}.entry.name", personal: [B1])
  "Có từ. Since when."
  since: PartialDate @classified(dict: "x-register-${number}.entry.since", personal: [B2])
  "Tình trạng. Its status."
  status: String @classified(dict: "x-register-${number}.entry.status")
}

type Query {
  "Một mục của sổ ${number}. An entry of register ${number}."
  entry${number}(
    "Số định danh cá nhân. Personal number."
    personalId: PersonalId! @classified(of: "Entry${number}.number", use: LOOKUP)
  ): Entry${number} @classified(dict: "x-register-${number}.query.entry", sharing: SHARED, personal: [B11], owner: "BCA")
}
`

const dictionaryOf = (number: string): string =>
  ['citizen.entry', 'entry.holder', 'entry.number', 'entry.name', 'entry.since', 'entry.status', 'query.entry'].reduce(
    (text, field) => `${text}x-register-${number}.${field},Mục ${field},Item ${field},text,,bench\n`,
    'id,name_vi,name_en,type,law,source\n',
  )
