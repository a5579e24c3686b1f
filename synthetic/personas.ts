import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'

const claims = z.strictObject({
  sub: z.string(),
  kind: z.enum(['CITIZEN', 'OFFICIAL', 'SYSTEM', 'ANALYST', 'REVIEWER']),
  personal_id: z
    .string()
    .regex(/^9\d{11}$/)
    .optional(),
  org: z.string().optional(),
  unit: z.string().optional(),
  roles: z.array(z.string()).optional(),
  client_id: z.string(),
  act: z.strictObject({ sub: z.string() }).optional(),
  jurisdiction: z.array(z.string().regex(/^(VN|\d{2}|\d{5})$/)).optional(),
  account_level: z.union([z.literal(1), z.literal(2)]),
  authn_level: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]),
})

const persona = z.strictObject({
  persona: z.string().regex(/^[a-z-]+$/),
  vi: z.string(),
  en: z.string(),
  person: z
    .string()
    .regex(/^9\d{11}$/)
    .nullable(),
  claims: claims.nullable(),
  purposes: z.array(z.string()),
  cases: z.array(z.strictObject({ number: z.string(), subjects: z.array(z.string()) })),
  allowed: z.string().nullable(),
  denied: z.string().nullable(),
})

/** Somebody who signs in locally: token claims (the issuer adds `aud`, `iss`, `iat` and `exp`), purposes, open case files and example queries. */
export type Persona = z.infer<typeof persona>

/**
 * The personas of personas.yaml, in its order. Same for every seed and size. Throws when the file breaks the shape above.
 */
export function loadPersonas(): readonly Persona[] {
  const text = readFileSync(new URL('personas.yaml', import.meta.url), 'utf8')
  return z.array(persona).parse(parse(text))
}
