import type { Rule, SchemaModel } from '../schema-model.ts'
import type { ArgumentModel, FieldModel } from '../subgraph-model.ts'

/**
 * An argument called like a classified field of what it selects touches that field, and says so: or a filter would
 * answer what the field denies (a denied value is found by bisection).
 */
export const silentArgument: Rule = (schema) => {
  return schema.fields
    .filter((field) => field.type !== 'Mutation')
    .flatMap((field) =>
      field.arguments
        .flatMap((argument) => reached(schema, argument))
        .flatMap((argument) => {
          const target = `${selected(field)}.${argument.name}`
          const touched = schema.classes.get(target)
          // A sealed id can't be guessed; presenting one tells nothing.
          if (!touched || touched.structure || touched.level === 'L0' || argument.written.of !== undefined) return []
          const reason = `is called like ${target} (${touched.level}) and doesn't say that it touches it (${argument.subgraph})`
          return [{ coordinate: argument.coordinate, reason }]
        }),
    )
}

/** The type whose rows the field's arguments select. */
function selected(field: FieldModel): string {
  return field.returns.replace(/Connection$/, '')
}

/** The argument itself, or the fields of the input object it takes, at any depth. */
function reached(schema: SchemaModel, argument: ArgumentModel, seen: readonly string[] = []): readonly ArgumentModel[] {
  if (seen.includes(argument.takes)) return []
  const subgraph = schema.subgraphs.find(({ name }) => name === argument.subgraph)
  const below = subgraph?.inputs.get(argument.takes)
  return below ? below.flatMap((one) => reached(schema, one, [...seen, argument.takes])) : [argument]
}
