import { parse } from 'graphql'
import { Pool } from 'pg'
import { describe, expect, it } from 'vitest'
import { classesFromSdl } from '../../policy/classification.ts'
import type { Principal } from '../../policy/types.ts'
import { createSubgraph } from '../kit/create-subgraph.ts'
import { uncounted } from '../../test/support/uncounted.ts'
import { subgraphSdl } from '../kit/sdl.ts'
import { createSealedIds } from '../kit/sealed-ids.ts'
import type { SubgraphServices } from '../kit/types.ts'
import definition from './index.ts'
import { nodeSdl } from './node-sdl.ts'

const sealedId = '@classified(dict: "x-core.id", sharing: SHARED, personal: [B11], owner: "BNNMT", structure: true)'
const others = [
  { name: 'land', document: subgraphSdl(`type Parcel @key(fields: "id") { id: ID! ${sealedId} }`, 'land') },
  {
    name: 'codes',
    document: subgraphSdl('type Unit @key(fields: "code") { code: String! } type Box { id: ID! }', 'codes'),
  },
]
const principal: Principal = {
  kind: 'OFFICIAL',
  sub: 'officer',
  personalId: null,
  org: 'VPDKDD-01',
  orgKind: 'STATE_AGENCY',
  unit: null,
  roles: [],
  clientId: null,
  actor: null,
  jurisdiction: ['01'],
  accountLevel: 2,
  authnLevel: 2,
  purpose: null,
  caseNumber: null,
  audience: 'VPDKDD-01|office',
  token: null,
}
const ids = createSealedIds([{ id: 'k1', secret: new Uint8Array(64).fill(7) }])
const foreignIds = createSealedIds([{ id: 'k1', secret: new Uint8Array(64).fill(8) }])

function subgraph() {
  const document = subgraphSdl(nodeSdl(others), 'node')
  const { classes } = classesFromSdl([{ name: 'node', document }], { agencies: new Set(), dictionary: new Set() })
  const unread = (): never => {
    throw new Error('nothing is to be read for a node')
  }
  const services: SubgraphServices = {
    // Never connected: a node is a stub.
    pool: new Pool({ host: '/nonexistent' }),
    ids,
    clock: () => new Date(0),
    log: { append: unread },
    facts: { load: unread, reserve: unread },
    counts: uncounted,
    get keys() {
      return unread()
    },
    get graph() {
      return unread()
    },
  }
  const policy = { classes, arguments: new Map(), rules: [], bundleHash: 'b', schemaHash: 's' }
  return createSubgraph(definition, document, policy, services)
}

const ask = (id: string) =>
  subgraph().run({
    document: parse('query ($id: ID!) { node(id: $id) { __typename id ... on Parcel { id } } }'),
    operationName: null,
    variables: { id },
    principal,
    requestId: 'r',
    traceId: 't',
  })

describe('node', () => {
  it('is a stub of the type that the id was sealed for', async () => {
    const id = ids.seal('Parcel', '00000000-0000-0000-0000-000000000001', principal.audience)
    expect(await ask(id)).toEqual({ data: { node: { __typename: 'Parcel', id } } })
  })

  it.each([
    ['forged', foreignIds.seal('Parcel', '1', principal.audience)],
    ['sealed for somebody else', ids.seal('Parcel', '1', 'BANK-DEMO|app')],
    ['of a type that has no node', ids.seal('Box', '1', principal.audience)],
    ['of a type that is none', ids.seal('Query', '1', principal.audience)],
    ['moved to another type', ids.seal('Box', '1', principal.audience).replace('Box', 'Parcel')],
    ['no id at all', '901085000101'],
    ['empty', ''],
    ['a megabyte', 'Parcel.k1.'.padEnd(1_000_000, 'A')],
  ])('is null for an id that is %s, with one and the same error', async (_what, id) => {
    const { data, errors } = await ask(id)
    expect(data).toEqual({ node: null })
    expect(errors?.map(({ message, extensions }) => [message, extensions['code']])).toEqual([
      [expect.not.stringContaining('901085000101'), 'BAD_USER_INPUT'],
    ])
    expect(errors?.[0]?.message).toBe((await ask('x')).errors?.[0]?.message)
  })
})

describe('its types', () => {
  it('are the entities with a sealed id, in the order of their names', () => {
    const more = subgraphSdl(`type Alley @key(fields: "id") { id: ID! ${sealedId} }`, 'roads')
    const sdl = nodeSdl([...others, { name: 'roads', document: more }])
    expect([...sdl.matchAll(/^type (\w+) implements Node/gm)].map(([, type]) => type)).toEqual(['Alley', 'Parcel'])
  })

  it('repeat the class of the id they stand for', () => {
    expect(nodeSdl(others)).toMatch(/type Parcel implements Node[^}]*owner: "BNNMT"[^}]*structure: true/)
  })
})
