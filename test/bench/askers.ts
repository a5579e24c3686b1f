import type { OwnCluster } from '../support/own-cluster.ts'
import { createLocalIssuer } from '../../identity/local-issuer.ts'
import { loadPersonas } from '../../synthetic/personas.ts'
import type { People } from './people.ts'

/** One of the twelve who ask in W5: how many of a hundred requests are theirs, and whom they ask about. */
export type Asker = {
  persona: string
  share: number
  /** The people they ask about; each is asked with the headers beside them. */
  asks: readonly { person: string; headers: Readonly<Record<string, string>> }[]
}

type Plan = {
  persona: string
  share: number
  purpose?: string
  case?: string
  people: readonly string[]
  /** Claims that stand in for the persona's own; about this person. */
  claims?: (person: string, n: number) => Record<string, unknown>
}

const citizen = '901085000101'
const self = (person: string) => ({ personal_id: person, sub: `vneid-${person}` })
const province = { jurisdiction: ['01'] }

/**
 * Twelve personas with about a third of the values refused or masked between them: most are the bank and citizens who may
 * read everything, as in W1; the others are officers in and out of their place, and whoever may read nothing.
 */
export async function createAskers(
  dataDir: string,
  { groups }: People,
  most: number,
  { sql }: Pick<OwnCluster, 'sql'>,
): Promise<Asker[]> {
  const customers = groups.flat()
  const hanoi = await sql<{ id: string }>(
    'population',
    `select personal_id as id from citizen where personal_id = any($1) and province_code = '01' order by 1 limit $2`,
    [customers, most],
  )
  const families = await sql<{ ward: string; parent: string }>(
    'consent',
    `select ward, min(representative) as parent from guardianship where relation = 'PARENT' and not protective
       and valid_from <= now() and (valid_to is null or valid_to > now()) and is_representative(representative, ward)
     group by ward order by ward limit $1`,
    [most],
  )
  const parentOf = new Map(families.map(({ ward, parent }) => [ward, parent]))
  const inHanoi = hanoi.map(({ id }) => id)
  const some = customers.slice(0, most)
  const plans: readonly Plan[] = [
    {
      persona: 'bank',
      share: 48,
      purpose: 'CREDIT_ASSESSMENT',
      people: groups.slice(0, most).map(([first = '']) => first),
      claims: (_, n) => ({ sub: `bench-bank-${n}` }),
    },
    { persona: 'citizen', share: 12, people: some, claims: self },
    { persona: 'parent', share: 4, people: [...parentOf.keys()], claims: (child) => self(parentOf.get(child) ?? '') },
    { persona: 'commune-officer', share: 6, purpose: 'CIVIL_STATUS', people: inHanoi, claims: () => province },
    { persona: 'land-officer', share: 6, purpose: 'LAND_REGISTRATION', people: inHanoi },
    { persona: 'insurance-officer', share: 6, purpose: 'INSURANCE_ADMINISTRATION', people: inHanoi },
    { persona: 'doctor', share: 3, purpose: 'TREATMENT', case: 'KCB-2026-000001', people: [citizen] },
    { persona: 'portal', share: 3, purpose: 'PUBLIC_SERVICE', case: 'DVC-2026-000001', people: [citizen] },
    { persona: 'other-commune-officer', share: 4, purpose: 'CIVIL_STATUS', people: inHanoi },
    { persona: 'neighbour', share: 4, people: some },
    { persona: 'citizen-low', share: 2, people: [citizen] },
    { persona: 'analyst', share: 2, purpose: 'STATISTICS', people: some },
  ]
  const issuer = createLocalIssuer(dataDir)
  const personas = new Map(loadPersonas().map(({ persona, claims }) => [persona, claims ?? {}]))
  return Promise.all(
    plans.map(async ({ persona, share, purpose, case: number, people, claims }) => ({
      persona,
      share,
      asks: await Promise.all(
        people.map(async (person, n) => {
          const token = await issuer.sign({ ...personas.get(persona), ...claims?.(person, n) })
          return {
            person,
            headers: {
              authorization: `Bearer ${token}`,
              ...(purpose && { 'x-purpose': purpose }),
              ...(number && { 'x-case': number }),
            },
          }
        }),
      ),
    })),
  )
}
