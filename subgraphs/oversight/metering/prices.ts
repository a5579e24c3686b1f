import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { loadYaml } from '../../../policy/load-yaml.ts'
import { organisationKind } from '../../../policy/organisation-kind.ts'

const ground = {
  citation: z.string().min(1),
  /** What stands here was not found as law in force: the citation is a precedent. */
  proposal: z.boolean(),
  source: z.url(),
}
const price = z.strictObject({
  database: z.string().min(1),
  /** The first month it holds for. */
  from: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/),
  dong: z.int().min(0),
  ...ground,
})
const free = z.strictObject({
  case: z.enum(['OWN_DATA', 'STATE_FUNCTION']),
  vi: z.string().min(1),
  en: z.string().min(1),
  /** All that are given must fit. */
  bases: z.array(z.string()).nonempty().optional(),
  organisationKinds: z.array(organisationKind).nonempty().optional(),
  ...ground,
})
const prices = z.strictObject({
  prices: z
    .array(price)
    .refine(
      (all) => new Set(all.map(({ database, from }) => `${database} ${from}`)).size === all.length,
      'a database has two prices from one month on',
    ),
  free: z
    .array(free)
    .refine(
      (all) => all.every(({ bases, organisationKinds }) => bases !== undefined || organisationKinds !== undefined),
      'a free case names bases or kinds of organisations',
    ),
})

/** The schedule of prices and free cases. */
export type Prices = z.infer<typeof prices>

/** Who was given what: as much of it as a charge depends on. Months as `2026-11`. */
export type Use = { database: string | null; month: string; basis: string; organisationKind: string }

/** What a value is charged at, and why; `dong` is null where there is no price. */
export type Charge = {
  kind: 'OWN_DATA' | 'STATE_FUNCTION' | 'PRICED' | 'NO_PRICE'
  dong: number | null
  citation: string | null
  proposal: boolean
}

/** Reads prices.yaml, or a text of its form. Throws with file, line and field of every fault. */
export function loadPrices(text = readFileSync(join(import.meta.dirname, 'prices.yaml'), 'utf8')): Prices {
  return loadYaml(prices, text, 'subgraphs/oversight/metering/prices.yaml')
}

/** The first free case that fits, else the price of the database that held in that month. */
export function chargeFor({ prices: all, free: cases }: Prices, use: Use): Charge {
  const fitting = cases.find(
    ({ bases, organisationKinds }) =>
      (bases?.includes(use.basis) ?? true) &&
      (organisationKinds?.some((kind) => kind === use.organisationKind) ?? true),
  )
  if (fitting !== undefined)
    return { kind: fitting.case, dong: 0, citation: fitting.citation, proposal: fitting.proposal }
  const [held] = all
    .filter(({ database, from }) => database === use.database && from <= use.month)
    .toSorted((one, other) => (one.from < other.from ? 1 : -1))
  if (held === undefined) return { kind: 'NO_PRICE', dong: null, citation: null, proposal: true }
  return { kind: 'PRICED', dong: held.dong, citation: held.citation, proposal: held.proposal }
}
