import { personTypes, possibleTypes } from '../person-types.ts'
import type { Rule } from '../schema-model.ts'
import type { TypeModel } from '../subgraph-model.ts'
import type { Problem } from '../types.ts'

/**
 * `@subject` names fields that exist, once a type, and every field that leads to a person (both ends of a relation:
 * the strictest verdict over all of them holds).
 */
export const incompleteSubject: Rule = (schema) => {
  const persons = personTypes(schema)
  return schema.types.flatMap((type) => {
    const [subject] = type.subjects
    if (!subject) return []
    const named = [...subject.persons, ...(subject.place === null ? [] : [subject.place])]
    const leading = [...type.fields.values()].filter(
      (field) => !persons.has(type.name) && [...possibleTypes(schema, field.returns)].some((name) => persons.has(name)),
    )
    return [
      ...(type.subjects.length > 1 ? [problem(type, 'stands more than once')] : []),
      ...(subject.persons.length === 0 ? [problem(type, 'names nobody')] : []),
      ...named.filter((name) => !type.fields.has(name)).map((name) => problem(type, `names "${name}", no such field`)),
      ...leading
        .filter((field) => !subject.persons.includes(field.name))
        .map((field) => problem(type, `leaves out ${field.name}, which leads to a person`)),
    ]
  })
}

function problem(type: TypeModel, what: string): Problem {
  return { coordinate: type.name, reason: `@subject of ${type.subgraph} ${what}` }
}
