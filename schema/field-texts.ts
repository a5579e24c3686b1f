import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildSchema, getNamedType, isInterfaceType, isLeafType, isObjectType, type GraphQLField } from 'graphql'

/** What the public schema says of one field. */
export type FieldText = {
  /** As in SDL: `[String!]`. */
  type: string
  /** A scalar or enum, or a list of such: a value of its own, not a way to others. */
  isValue: boolean
  vi: string
  en: string
}

/** `Type.field` -> its type and description, of every field of the public schema (schema/api.graphql). */
export function loadFieldTexts(file = join(import.meta.dirname, 'api.graphql')): ReadonlyMap<string, FieldText> {
  const types = Object.values(buildSchema(readFileSync(file, 'utf8')).getTypeMap())
  return new Map(
    types
      .filter((type) => isObjectType(type) || isInterfaceType(type))
      .filter(({ name }) => !name.startsWith('__'))
      .flatMap((type) =>
        Object.values(type.getFields()).map((field) => [`${type.name}.${field.name}`, textOf(field)] as const),
      ),
  )
}

function textOf({ type, description }: GraphQLField<unknown, unknown>): FieldText {
  return { type: type.toString(), isValue: isLeafType(getNamedType(type)), ...bothLanguages(description ?? '') }
}

/** Splits "Tiếng Việt. English.": as many sentences in each language; what is left over is English. */
export function bothLanguages(description: string): { vi: string; en: string } {
  const sentences = description
    .replaceAll(/\s+/g, ' ')
    .trim()
    .split(/(?<=[.?!;)]) (?=[\p{Lu}\d"(`])/u)
  const cut = Math.max(1, Math.floor(sentences.length / 2))
  return { vi: sentences.slice(0, cut).join(' '), en: sentences.slice(cut).join(' ') }
}
