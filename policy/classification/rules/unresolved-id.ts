import type { Rule } from '../schema-model.ts'

/** Every class names an owner of schema/agencies.yaml and an entry of the data dictionary. */
export const unresolvedId: Rule = ({ fields, registries }) =>
  fields.flatMap(({ coordinate, subgraph, class: own }) => {
    if (!own) return []
    return [
      ...lacking('owner', own.owner, registries.agencies, 'schema/agencies.yaml'),
      ...lacking('dict', own.dict, registries.dictionary, 'the data dictionary'),
    ].map((reason) => ({ coordinate, reason: `${reason} (${subgraph})` }))
  })

function lacking(what: string, id: string, known: ReadonlySet<string>, where: string): readonly string[] {
  if (id === '') return [`names no ${what}`]
  return known.has(id) ? [] : [`names ${what} "${id}", which ${where} doesn't have`]
}
