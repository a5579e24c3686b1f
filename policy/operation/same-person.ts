import { getNullableType, isListType, isObjectType, type GraphQLSchema } from 'graphql'
import type { SubjectFields } from '../classification/types.ts'

/** By type: the fields that identify a person its rows speak of (`@subject`). */
export type Subjects = ReadonlyMap<string, SubjectFields>

/** Whether what a field gives speaks of the same one person as the object it stands on, as far as the schema tells. */
export type SamePerson = (type: string, field: string, gives: string) => boolean

/**
 * An object that speaks of one person gives objects of that person where they, too, speak of one; a person only by the
 * field that says so (the holder of a right, never the ward of a guardian, the members of a household or the other side
 * of a tie). Pages stand for what they list. Whatever else a field gives speaks of somebody not known here.
 */
export function createSamePerson(schema: GraphQLSchema, subjects: Subjects): SamePerson {
  return (type, field, gives) => {
    if (gives.endsWith('Connection') || gives.endsWith('Edge')) return true
    const person = onePersonOf(gives)
    if (person === null) return false
    return person !== 'id' || subjects.get(type)?.persons.includes(field) === true || isRoot(type)
  }

  /** The one field that identifies the one person of a type's rows; null where there are none or several. */
  function onePersonOf(name: string): string | null {
    const [field, ...others] = subjects.get(name)?.persons ?? []
    const type = schema.getType(name)
    if (field === undefined || others.length > 0 || !isObjectType(type)) return null
    const given = type.getFields()[field]?.type
    return given === undefined || isListType(getNullableType(given)) ? null : field
  }

  function isRoot(type: string): boolean {
    return type === schema.getQueryType()?.name
  }
}
