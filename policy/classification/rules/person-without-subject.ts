import { personTypes, possibleTypes } from '../person-types.ts'
import type { SchemaModel, Rule } from '../schema-model.ts'
import type { FieldModel } from '../subgraph-model.ts'

/**
 * A type that holds personal data, or leads to a person, says with `@subject` whom its rows speak of; without it there
 * is nobody whose consent could be asked. Root types, pages and stubs with a sealed id alone speak of nobody.
 */
export const personWithoutSubject: Rule = (schema) => {
  const persons = personTypes(schema)
  return schema.types
    .filter((type) => type.kind === 'OBJECT' && !type.isRoot && type.subjects.length === 0)
    .flatMap((type) => {
      const fields = [...type.fields.values()].filter((field) => !field.isExternal && !field.class?.structure)
      const personal = fields.find(isPersonal)
      const leading = fields.find((field) => leadsTo(schema, field, persons))
      const found = personal ?? leading
      if (!found) return []
      const why = personal ? 'is personal data' : 'leads to a person'
      return [{ coordinate: type.name, reason: `has no @subject in ${type.subgraph}, but ${found.coordinate} ${why}` }]
    })
}

function isPersonal(field: FieldModel): boolean {
  return field.class !== null && (field.class.personal.length > 0 || field.class.inferring.length > 0)
}

function leadsTo(schema: SchemaModel, field: FieldModel, persons: ReadonlySet<string>): boolean {
  return [...possibleTypes(schema, field.returns)].some((name) => persons.has(name))
}
