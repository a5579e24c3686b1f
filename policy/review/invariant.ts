import { z } from 'zod'
import { factValues } from '../decide-early.ts'
import { loadYaml } from '../load-yaml.ts'
import { bilingual, rule } from '../rule.ts'

const { scope } = rule.shape
const { purposes, kinds, organisationKinds, roles, delegated, domains, levels, categories, anyCategory, types } =
  scope.shape
const { coordinates } = scope.shape
const listOf = <T extends string>(values: readonly T[]) => z.array(z.enum(values)).nonempty().optional()

const fields = { domains, levels, categories, anyCategory, types, coordinates, structure: z.boolean().optional() }

/** The closed vocabulary of a statement: the words of rules, said of the whole space. */
const invariant = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
    says: bilingual,
    citation: z.string().min(1),
    /** The statement is this project's proposal; the citation is the nearest law. */
    proposal: z.boolean().default(false),
    /** Whom it speaks of; NONE: no purpose was stated. `organisationKinds` leaves out who has no organisation. */
    callers: z.strictObject({ purposes, kinds, organisationKinds, roles, delegated }).default({}),
    /** Which fields, by the class they have at the row; `except` takes some out again. */
    fields: z.strictObject({ ...fields, except: z.array(z.strictObject(fields)).nonempty().optional() }).default({}),
    /** At which sign-ins. */
    signIn: z
      .strictObject({
        account: z.array(z.int().min(0).max(2)).nonempty().optional(),
        authn: z.array(z.int().min(0).max(4)).nonempty().optional(),
      })
      .default({}),
    /** In which rows. */
    rows: z
      .strictObject({
        subjects: listOf(factValues.subjectClass),
        relations: listOf(factValues.relation),
        jurisdiction: listOf(factValues.jurisdiction),
        consent: listOf(factValues.consent),
        case: listOf(factValues.case),
        approval: listOf(factValues.approval),
        volume: listOf(factValues.volume),
      })
      .default({}),
    /** Outcomes that must not occur there. */
    never: z.array(rule.shape.effect).nonempty().optional(),
    /** Outcomes of which one must. */
    always: z.array(rule.shape.effect).nonempty().optional(),
  })
  .refine((one) => (one.never === undefined) !== (one.always === undefined), 'say either never or always')

const file = z.strictObject({
  invariants: z
    .array(invariant)
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'an id stands twice'),
})

/** A statement over the whole finite space that no bundle may break. */
export type Invariant = z.infer<typeof invariant>

/** Reads policy/invariants.yaml. Throws with file, line and field of every fault. */
export function invariantsFromYaml(text: string): readonly Invariant[] {
  return loadYaml(file, text, 'policy/invariants.yaml').invariants
}
