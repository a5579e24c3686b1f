import { parse, validate, type GraphQLSchema } from 'graphql'
import { coordinatesOf } from '../../../policy/review/coordinates-of.ts'
import type { FieldClass } from '../../../policy/types.ts'
import type { FieldDefinition, PartyDefinition, ProcedureDefinition } from './form-definition.ts'
import { prefillQuestion } from './prefill-question.ts'

/** A form whose fields were found in the graph. */
export type Form = Omit<ProcedureDefinition, 'parties'> & { parties: readonly FormParty[] }
export type FormParty = Omit<PartyDefinition, 'fields'> & { fields: readonly FormField[] }
export type FormField = Omit<FieldDefinition, 'from'> & { held: Held | null }
/** What the state holds already. */
export type Held = {
  /** The way from the party's `Citizen`. */
  way: string
  /** Every coordinate on that way. */
  coordinates: readonly string[]
  /** The class of the last of them that speaks of the person: its database holds the value, its owner answers for it. */
  holder: FieldClass
}

/**
 * Finds what each form is filled from. Throws one Error with a line for every way that leads nowhere, and for every field
 * that is called missing though a citizen's field has the same name: a form must not hide that it asks again.
 */
export function formsOnGraph(
  procedures: readonly ProcedureDefinition[],
  schema: GraphQLSchema,
  classes: ReadonlyMap<string, FieldClass>,
  names: ReadonlyMap<string, { vi: string; en: string }>,
): readonly Form[] {
  const faults: string[] = []
  const heldAs = new Map(
    [...classes.values()]
      .filter(({ type }) => type === 'Citizen')
      .flatMap(({ dict, coordinate }) =>
        Object.values(names.get(dict) ?? {}).map((name) => [name.toLowerCase(), coordinate] as const),
      ),
  )

  const forms = procedures.map((procedure) => ({
    ...procedure,
    parties: procedure.parties.map((party) => ({
      ...party,
      fields: party.fields.map((field) => onGraph(field, party, `${procedure.code} ${party.code}.${field.code}`)),
    })),
  }))
  if (faults.length > 0) throw new Error(faults.join('\n'))
  return forms

  function onGraph({ from, ...field }: FieldDefinition, party: PartyDefinition, at: string): FormField {
    if (from !== undefined) return { ...field, held: heldAt(from, at) }
    const same = heldAs.get(field.name.vi.toLowerCase()) ?? heldAs.get(field.name.en.toLowerCase())
    if (party.person !== 'NOT_RECORDED' && same !== undefined)
      faults.push(`${at}: is held as ${same}: say from, and asks where the form asks all the same`)
    return { ...field, held: null }
  }

  function heldAt(way: string, at: string): Held | null {
    const question = parse(prefillQuestion([way], 'SELF'))
    const wrong = validate(schema, question)
    faults.push(...wrong.map(({ message }) => `${at}: ${message}`))
    if (wrong.length > 0) return null
    const coordinates = coordinatesOf(schema, question).filter((coordinate) => coordinate !== 'Query.me')
    const holder = coordinates
      .map((coordinate) => classes.get(coordinate))
      .findLast((one) => one !== undefined && one.level !== 'L0' && !one.structure)
    if (holder === undefined) faults.push(`${at}: speaks of nobody`)
    return holder === undefined ? null : { way, coordinates, holder }
  }
}
