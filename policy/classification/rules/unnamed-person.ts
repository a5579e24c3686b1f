import type { Rule } from '../schema-model.ts'

/** On a type that names a person every field is personal data, at least B11 (Decree 356/2025 Art. 3). */
export const unnamedPerson: Rule = ({ types, fields }) => {
  const naming = new Set(types.filter((type) => type.subjects.length > 0).map((type) => type.name))
  return fields
    .filter((field) => naming.has(field.type) && field.class?.personal.length === 0)
    .map((field) => ({
      coordinate: field.coordinate,
      reason: `has an empty personal in ${field.subgraph}, but ${field.type} names a person: at least B11`,
    }))
}
