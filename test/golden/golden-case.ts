import { z } from 'zod'
import { loadPersonas } from '../../synthetic/personas.ts'

/** A persona; a persona with other claims; or any citizen, signed in as the personas are, with other claims or not. */
const caller = z.union([
  z.string(),
  z.looseObject({ persona: z.string() }),
  z.looseObject({ citizen: z.string().regex(/^9\d{11}$/) }),
])

const asked = {
  as: caller,
  purpose: z.string().optional(),
  /** `$name` is what an earlier step kept under that name. */
  case: z.string().optional(),
  query: z.string(),
  /** A value `$name` is what an earlier step kept under that name. */
  variables: z.record(z.string(), z.unknown()).optional(),
}

/** What is asked first, and what of its answer is kept for later: `name: path.in.data`. Kept names are variables too. */
const step = z.strictObject({ ...asked, keep: z.record(z.string(), z.string()).default({}) })

const goldenCase = z.strictObject({
  name: z.string(),
  before: z.array(step).default([]),
  ...asked,
  /** Exactly; nothing where the request was refused as a whole. */
  data: z.unknown().optional(),
  errors: z.array(z.strictObject({ path: z.string(), code: z.string() })).default([]),
  masked: z.array(z.strictObject({ path: z.string(), mask: z.string() })).default([]),
  /** What was sent to subgraphs, in the order of sending. */
  fetches: z.array(z.string()).optional(),
  /** Every line of the disclosure log: outcome and coordinate. */
  log: z.array(z.string()).optional(),
})

/** The form of a `cases.yaml`. */
export const goldenFile = z.array(goldenCase).nonempty()

/** One case of a `cases.yaml`. */
export type GoldenCase = z.infer<typeof goldenCase>

/** The persona's name, or the claims of a token made for this case. Throws where there is no such persona. */
export function callerOf(as: GoldenCase['as']): string | Record<string, unknown> {
  if (typeof as === 'string') return as
  const { citizen, persona, ...changes } = as
  const claims = citizen === undefined ? claimsOf(String(persona)) : { ...claimsOf('citizen'), ...ownClaims(citizen) }
  return { ...claims, ...changes }
}

const ownClaims = (person: unknown) => ({ sub: `vneid-${String(person)}`, personal_id: person })

function claimsOf(persona: string): Record<string, unknown> {
  const claims = loadPersonas().find((one) => one.persona === persona)?.claims
  if (!claims) throw new Error(`no claims of a persona ${persona}`)
  return claims
}

/** A value with every `$name` replaced by what was kept under it. Throws where nothing was. */
export function withKept(value: unknown, kept: ReadonlyMap<string, unknown>): unknown {
  if (Array.isArray(value)) return value.map((item) => withKept(item, kept))
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withKept(item, kept)]))
  const name = typeof value === 'string' ? /^\$(\w+)$/.exec(value)?.[1] : undefined
  if (name === undefined) return value
  if (!kept.has(name)) throw new Error(`nothing was kept as $${name}`)
  return kept.get(name)
}

/** The value at a path of names and indices. Throws where there is none: a case that kept nothing would prove nothing. */
export function valueAt(data: unknown, path: string): unknown {
  const found = path.split('.').reduce<unknown>((value, key) => {
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined
  }, data)
  if (found === undefined || found === null) throw new Error(`nothing at ${path}`)
  return found
}
