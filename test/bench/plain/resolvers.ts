import DataLoader from 'dataloader'
import type { Pool } from 'pg'
import { keyColumns, statements } from './statements.ts'

type Row = Record<string, unknown>
type Statement = keyof typeof keyColumns

/** What the resolvers of one request read with: rows of a statement by its key, many keys a statement. */
export type Loaders = {
  of: (name: Statement, key: string) => Promise<Row[]>
  all: (name: 'provinces') => Promise<Row[]>
}

/** Fresh loaders over a database, as a careful team without this project would make them. */
export function createLoaders(pool: Pool): Loaders {
  const loaders = new Map<Statement, DataLoader<string, Row[]>>()
  const loaderOf = (name: Statement): DataLoader<string, Row[]> => {
    const loader =
      loaders.get(name) ??
      new DataLoader<string, Row[]>(async (keys) => {
        const { rows } = await pool.query<Row>({ name, text: statements[name], values: [keys] })
        const byKey = Map.groupBy(rows, (row) => String(row[keyColumns[name]]))
        return keys.map((one) => byKey.get(one) ?? [])
      })
    loaders.set(name, loader)
    return loader
  }
  return {
    of: (name, key) => loaderOf(name).load(key),
    all: async (name) => (await pool.query<Row>({ name, text: statements[name] })).rows,
  }
}

const first = (rows: readonly Row[]): Row | null => rows[0] ?? null
const page = (rows: readonly Row[], size: unknown) => ({ nodes: rows.slice(0, typeof size === 'number' ? size : 20) })
const citizen = (id: string, loaders: Loaders) => loaders.of('citizens', id).then(first)
const itself = (key: object): object => key
type Citizen = { id: string }

/** The resolvers of each plain subgraph. */
export const resolvers: Readonly<Record<string, Record<string, Record<string, unknown>>>> = {
  catalogue: { Query: { provinces: (_: unknown, __: unknown, loaders: Loaders) => loaders.all('provinces') } },
  statistics: {
    Province: {
      __resolveReference: itself,
      statistics: async ({ code }: { code: string }, { month }: { month: string }, loaders: Loaders) =>
        Object.fromEntries((await loaders.of('cells', `${code} ${month}`)).map((cell) => [cell['figure'], cell])),
    },
  },
  population: {
    Query: {
      citizen: (_: unknown, { personalId }: { personalId: string }, loaders: Loaders) => citizen(personalId, loaders),
    },
    Citizen: {
      __resolveReference: ({ id }: Citizen, loaders: Loaders) => citizen(id, loaders),
      permanentResidence: ({ id }: Citizen, _: unknown, loaders: Loaders) => loaders.of('residences', id).then(first),
    },
  },
  land: {
    Citizen: {
      __resolveReference: itself,
      landRights: async ({ id }: Citizen, args: Row, loaders: Loaders) =>
        page(await loaders.of('landRights', id), args['first']),
    },
    LandRight: {
      parcel: ({ parcel }: { parcel: string }, _: unknown, loaders: Loaders) =>
        loaders.of('parcels', parcel).then(first),
      holder: ({ person }: { person: string }) => ({ id: person }),
    },
  },
  health: {
    Citizen: {
      __resolveReference: itself,
      insuranceCards: ({ id }: Citizen, _: unknown, loaders: Loaders) => loaders.of('insuranceCards', id),
    },
  },
  'social-security': {
    Citizen: {
      __resolveReference: itself,
      socialInsurance: ({ id }: Citizen, _: unknown, loaders: Loaders) => loaders.of('members', id).then(first),
    },
    SiMember: {
      participations: async ({ member }: { member: string }, args: Row, loaders: Loaders) =>
        page(await loaders.of('participations', member), args['first']),
    },
  },
}
