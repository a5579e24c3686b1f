import type { SchemaModel, Rule } from '../schema-model.ts'
import { selectionCoordinates } from '../selection-coordinates.ts'
import type { FieldModel } from '../subgraph-model.ts'
import type { Problem } from '../types.ts'

type Read = { at: string; by: string; type: string; selection: string }

/**
 * What a planner fetches for the sake of another field is read without being asked for: `@requires`, `@provides` and
 * `@fromContext` reach nothing above L1 (GHSA-m8jr-fxqx-8xx6).
 */
export const unaskedRead: Rule = (schema) =>
  schema.types
    .flatMap((type) => [...type.fields.values()])
    .flatMap((field) => readsOf(schema, field))
    .flatMap((read) => problemsOf(schema, read))

function readsOf(schema: SchemaModel, field: FieldModel): readonly Read[] {
  const at = field.coordinate
  return [
    ...field.requires.map((selection) => ({ at, by: '@requires', type: field.type, selection })),
    ...field.provides.map((selection) => ({ at, by: '@provides', type: field.returns, selection })),
    ...field.arguments.flatMap((argument) =>
      argument.fromContext.flatMap((text) => contextReads(schema, argument.coordinate, text)),
    ),
  ]
}

function contextReads(schema: SchemaModel, at: string, text: string): readonly Read[] {
  const [, name = '', selection = ''] = /^\s*\$(\w+)\s*(.*)$/s.exec(text) ?? []
  const inner = /^\{(.*)\}$/s.exec(selection.trim())?.[1] ?? selection
  const givers = schema.types.filter((type) => type.contexts.includes(name))
  const read = { at, by: '@fromContext', selection: inner }
  return givers.length > 0 ? givers.map((type) => ({ ...read, type: type.name })) : [{ ...read, type: '' }]
}

function problemsOf(schema: SchemaModel, { at, by, type, selection }: Read): readonly Problem[] {
  const coordinates = selectionCoordinates(schema, type, selection)
  if (!coordinates) return [{ coordinate: at, reason: `${by} "${selection}" can't be read` }]
  return coordinates.flatMap((coordinate) => {
    const level = schema.classes.get(coordinate)?.level
    if (level === 'L0' || level === 'L1') return []
    return [
      { coordinate: at, reason: `${by} reads ${coordinate} unasked, which is ${level ?? 'unclassified'}: at most L1` },
    ]
  })
}
