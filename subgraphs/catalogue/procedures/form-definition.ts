import { z } from 'zod'
import { loadYaml } from '../../../policy/load-yaml.ts'

const text = z.strictObject({ vi: z.string().min(1), en: z.string().min(1) })
const field = z
  .strictObject({
    code: z.string().regex(/^[a-z][A-Za-z0-9]*$/),
    name: text,
    /** The way from the party's `Citizen` to the value that the state holds already. */
    from: z
      .string()
      .regex(/^[A-Za-z0-9]+(\.[A-Za-z0-9]+)*$/)
      .optional(),
    /** Why the form asks for it although it is held. */
    asks: text.optional(),
    /** Why nobody but the applicant can say it. */
    missing: text.optional(),
  })
  .refine(
    ({ from, missing }) => (from === undefined) !== (missing === undefined),
    'is held (from) or missing, never both',
  )
  .refine(({ from, asks }) => asks === undefined || from !== undefined, 'asks again only for what is held (from)')
const party = z
  .strictObject({
    code: z.string().regex(/^[a-z][A-Za-z0-9]*$/),
    name: text,
    /** Who files; somebody else with a personal number; or somebody no database knows yet. */
    person: z.enum(['APPLICANT', 'OTHER', 'NOT_RECORDED']),
    // What the schema takes these lists to be at most.
    fields: z.array(field).min(1).max(15).refine(areDistinct, 'a field stands twice'),
  })
  .refine(
    ({ person, fields }) => person !== 'NOT_RECORDED' || fields.every(({ from }) => from === undefined),
    'holds nothing of somebody who is in no database',
  )
const procedure = z.strictObject({
  code: z.string().regex(/^[A-Z]+(\.[A-Z]+(-[A-Z]+)*)+$/),
  name: text,
  parties: z.array(party).min(1).max(3).refine(areDistinct, 'a party stands twice'),
})
const file = z.strictObject({ procedures: z.array(procedure).min(1).refine(areDistinct, 'a procedure stands twice') })

/** A procedure with its form, as procedures.yaml writes it. */
export type ProcedureDefinition = z.infer<typeof procedure>
export type PartyDefinition = z.infer<typeof party>
export type FieldDefinition = z.infer<typeof field>

/** Reads form definitions. Throws with line and field of every fault. */
export function definitionsFromYaml(yaml: string, name: string): readonly ProcedureDefinition[] {
  return loadYaml(file, yaml, name).procedures
}

function areDistinct(all: readonly { code: string }[]): boolean {
  return new Set(all.map(({ code }) => code)).size === all.length
}
