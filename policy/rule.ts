import { z } from 'zod'
import { organisationKind } from './organisation-kind.ts'

/** The closed vocabulary of a rule: lists and flags, no expressions, so that the whole space can be walked. */
const levels = z.enum(['L0', 'L1', 'L2', 'L3', 'L4'])
const kinds = z.enum(['CITIZEN', 'OFFICIAL', 'SYSTEM', 'ANALYST', 'REVIEWER', 'NOBODY'])
const categories = z.enum([
  'B1',
  'B2',
  'B3',
  'B4',
  'B5',
  'B6',
  'B7',
  'B8',
  'B9',
  'B10',
  'B11',
  'S_A',
  'S_B',
  'S_C',
  'S_D',
  'S_DD',
  'S_E',
  'S_G',
  'S_H',
  'S_I',
  'S_K',
  'S_L',
  'S_M',
])
const relations = z.enum(['SELF', 'REPRESENTATIVE', 'OTHER'])
const subjects = z.enum(['NONE', 'ADULT', 'CHILD_UNDER_7', 'CHILD_7_17', 'REPRESENTED', 'DECEASED'])
const bases = z.enum([
  'OPEN',
  'STRUCTURE',
  'SHARED',
  'SELF',
  'REPRESENTATIVE',
  'CONSENT',
  '19.1.a',
  '19.1.b',
  '19.1.c',
  '19.1.d',
  '19.1.dd',
  '11.2',
  '19.2',
])

/** A title or text in both languages. */
export const bilingual = z.strictObject({ vi: z.string().min(1), en: z.string().min(1) })

/**
 * What a rule applies to, known before any row is read. An absent list means any. `purposes` may hold NONE: no purpose
 * was stated.
 */
const scope = z.strictObject({
  purposes: z.array(z.string()).nonempty().optional(),
  kinds: z.array(kinds).nonempty().optional(),
  organisationKinds: z.array(organisationKind).nonempty().optional(),
  roles: z.array(z.string()).nonempty().optional(),
  /** True: an app acts for the citizen; false: the citizen in person. */
  delegated: z.boolean().optional(),
  domains: z.array(z.string()).nonempty().optional(),
  levels: z.array(levels).nonempty().optional(),
  /** Every category of the field lies in this list. */
  categories: z.array(categories).nonempty().optional(),
  /** At least one category of the field lies in this list. */
  anyCategory: z.array(categories).nonempty().optional(),
  types: z.array(z.string()).nonempty().optional(),
  coordinates: z
    .array(z.string().regex(/^\w+\.\w+$/))
    .nonempty()
    .optional(),
})

/** What must hold of the row and the sign-in. */
const conditions = z.strictObject({
  relations: z.array(relations).nonempty().optional(),
  subjects: z.array(subjects).nonempty().optional(),
  consent: z.literal(true).optional(),
  account: z.union([z.literal(1), z.literal(2)]).optional(),
  authn: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]).optional(),
  jurisdiction: z.literal(true).optional(),
  case: z.literal(true).optional(),
  /** A second person's approval of what the case opens. */
  approval: z.literal(true).optional(),
})

export const rule = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  title: bilingual,
  effect: z.enum(['ALLOW', 'MASK', 'VERIFY_ONLY', 'AGGREGATE_ONLY', 'DENY']),
  basis: bases,
  citation: z.string().min(1),
  /** The rule is a proposal of this project; the citation is the nearest law. */
  proposal: z.boolean().default(false),
  scope,
  conditions: conditions.default({}),
})

/** One row of rules.yaml: a grant, or a denial that no grant overrides. */
export type Rule = z.infer<typeof rule>
