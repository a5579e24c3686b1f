import {
  getNamedType,
  isInputObjectType,
  isObjectType,
  valueFromASTUntyped,
  type FieldNode,
  type GraphQLSchema,
  type OperationTypeNode,
} from 'graphql'
import type { Principal } from '../../policy/types.ts'
import type { ArgumentClasses } from '../../policy/operation/cut-operation.ts'

/** The personal number that a citizen's sealed id stands for, for this audience; null for anything else. */
export type OpenPerson = (id: string, audience: string) => string | null

/**
 * Response key of a root field -> the personal numbers it names: the caller's own at `me`, a number presented as an
 * argument or within an input, or the one behind a citizen's sealed id. Fields that name nobody are left out.
 */
export function namedPersons(
  schema: GraphQLSchema,
  operation: OperationTypeNode,
  roots: readonly FieldNode[],
  variables: Readonly<Record<string, unknown>>,
  principal: Principal,
  { arguments: argumentClasses, openPerson }: { arguments: ArgumentClasses; openPerson: OpenPerson },
): Map<string, readonly string[]> {
  const root = schema.getRootType(operation)
  const fields = isObjectType(root) ? root.getFields() : {}
  const found = new Map<string, readonly string[]>()
  for (const node of roots) {
    const definition = fields[node.name.value]
    if (definition === undefined) continue
    const coordinate = `${root?.name}.${definition.name}`
    const persons = (node.arguments ?? []).flatMap(({ name, value: written }) => {
      const value: unknown = valueFromASTUntyped(written, variables)
      const argument = definition.args.find((one) => one.name === name.value)
      const type = argument === undefined ? undefined : getNamedType(argument.type)
      return isInputObjectType(type) && isObject(value)
        ? Object.entries(value).flatMap(([field, inner]) => personsIn(`${type.name}.${field}`, inner))
        : personsIn(`${coordinate}(${name.value})`, value)
    })
    if (coordinate === 'Query.me' && principal.personalId !== null) persons.push(principal.personalId)
    if (persons.length > 0) found.set(node.alias?.value ?? node.name.value, [...new Set(persons)])
  }
  return found

  function personsIn(coordinate: string, value: unknown): string[] {
    const isNumber = argumentClasses.get(coordinate)?.of === 'Citizen.personalId'
    return [value].flat().flatMap((one) => {
      if (typeof one !== 'string') return []
      if (isNumber) return /^\d{12}$/.test(one) ? [one] : []
      return openPerson(one, principal.audience) ?? []
    })
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
