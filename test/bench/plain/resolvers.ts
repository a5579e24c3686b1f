import DataLoader from 'dataloader'
import type { Pool } from 'pg'
import { statements } from './statements.ts'

type Row = Record<string, unknown>
type Loader = DataLoader<string, Row[]>

/** The loaders of one request: rows of a statement by person (or member), many keys a statement. */
export type Loaders = Readonly<Record<keyof typeof statements, Loader>>

/** Fresh loaders over a database, as a careful team without this project would make them. */
export function createLoaders(pool: Pool): Loaders {
  const keyOf = { citizens: 'id', participations: 'member' } as const
  const entries = Object.entries(statements).map(([name, text]) => {
    const key = name === 'citizens' || name === 'participations' ? keyOf[name] : 'person'
    const loader: Loader = new DataLoader(async (keys) => {
      const { rows } = await pool.query<Row>({ name, text, values: [keys] })
      const byKey = Map.groupBy(rows, (row) => String(row[key]))
      return keys.map((one) => byKey.get(one) ?? [])
    })
    return [name, loader] as const
  })
  return Object.fromEntries(entries) as Loaders
}

const first = (rows: readonly Row[]): Row | null => rows[0] ?? null
const page = (rows: readonly Row[], size: unknown) => ({ nodes: rows.slice(0, typeof size === 'number' ? size : 20) })
const citizen = (id: string, loaders: Loaders) => loaders.citizens.load(id).then(first)
type Parent = { id: string; member: string }

/** The resolvers of each plain subgraph. */
export const resolvers: Readonly<Record<string, Record<string, Record<string, unknown>>>> = {
  population: {
    Query: {
      citizen: (_: unknown, { personalId }: { personalId: string }, loaders: Loaders) => citizen(personalId, loaders),
    },
    Citizen: {
      __resolveReference: ({ id }: Parent, loaders: Loaders) => citizen(id, loaders),
      permanentResidence: ({ id }: Parent, _: unknown, loaders: Loaders) => loaders.residences.load(id).then(first),
    },
  },
  land: {
    Citizen: {
      __resolveReference: ({ id }: Parent) => ({ id }),
      landRights: async ({ id }: Parent, args: Row, loaders: Loaders) =>
        page(await loaders.landRights.load(id), args['first']),
    },
  },
  health: {
    Citizen: {
      __resolveReference: ({ id }: Parent) => ({ id }),
      insuranceCards: ({ id }: Parent, _: unknown, loaders: Loaders) => loaders.insuranceCards.load(id),
    },
  },
  'social-security': {
    Citizen: {
      __resolveReference: ({ id }: Parent) => ({ id }),
      socialInsurance: ({ id }: Parent, _: unknown, loaders: Loaders) => loaders.members.load(id).then(first),
    },
    SiMember: {
      participations: async ({ member }: Parent, args: Row, loaders: Loaders) =>
        page(await loaders.participations.load(member), args['first']),
    },
  },
}
