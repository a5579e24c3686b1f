import { z } from 'zod'

/** No space and no control character, for these words go into the log. */
const code = z
  .string()
  .max(200)
  .regex(/^[^\s\p{C}]+$/u)
const account = z.union([z.literal(1), z.literal(2)])
const authentication = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)])

const shared = z.object({
  sub: code,
  unit: code.optional(),
  roles: z.array(code).max(32).default([]),
  client_id: code.optional(),
  /** Province (2 digits) or commune (5 digits) codes; VN is the whole country. */
  jurisdiction: z
    .array(z.string().regex(/^(VN|\d{2}|\d{5})$/))
    .max(4000)
    .default([]),
  /** Decree 69/2024: account levels 1-2, authentication levels 1-4; absent is none. */
  account_level: account.optional(),
  authn_level: authentication.optional(),
  /** RFC 8693 §4.1: who acts for the subject. */
  act: z.object({ sub: code }).optional(),
})

const citizen = shared
  .extend({ kind: z.literal('CITIZEN'), personal_id: z.string().regex(/^\d{12}$/), org: code.optional() })
  .refine(
    ({ org, act }) => org === undefined || act !== undefined,
    'an organisation in a citizen’s token acts for them',
  )
const member = shared.extend({
  kind: z.enum(['OFFICIAL', 'SYSTEM', 'ANALYST', 'REVIEWER']),
  org: code,
  personal_id: z.never().optional(),
})

/** The claims of the contract; claims it does not name are ignored. An unknown kind is no caller at all. */
export const claims = z.union([citizen, member])
