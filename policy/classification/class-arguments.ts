import { Kind, valueFromASTUntyped } from 'graphql'
import type { ConstDirectiveNode } from 'graphql'
import type { ClassArguments } from './types.ts'
import { argumentUses, importances, maskForms, personalCategories, secrecies, sharings } from './vocabulary.ts'

type Read = { written: ClassArguments; unknown: readonly string[] }
type Reader = (value: unknown) => unknown

const text: Reader = (value) => (typeof value === 'string' && value !== '' ? value : undefined)
const flag: Reader = (value) => (typeof value === 'boolean' ? value : undefined)
const word =
  (words: readonly string[]): Reader =>
  (value) =>
    words.find((one) => one === value)
/** GraphQL takes a single value where a list is due. Sorted as the vocabulary is, without repeats. */
const words =
  (all: readonly string[]): Reader =>
  (value) => {
    const list: readonly unknown[] = Array.isArray(value) ? value : [value]
    return list.every((one) => all.some((known) => known === one)) ? all.filter((one) => list.includes(one)) : undefined
  }
const texts: Reader = (value) => {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value]
  return list.every((one) => typeof one === 'string') ? [...new Set(list)].toSorted() : undefined
}

const readers: Readonly<Record<keyof ClassArguments, Reader>> = {
  dict: text,
  sharing: word(sharings),
  importance: word(importances),
  secrecy: word(secrecies),
  personal: words(personalCategories),
  inferring: words(personalCategories),
  owner: text,
  mask: word(maskForms),
  from: texts,
  structure: flag,
  of: text,
  use: word(argumentUses),
}

/**
 * What one `@classified` says. An argument that is not of the vocabulary, or whose value isn't, is left out and named
 * in `unknown`, so that it can only make a field unclassified, never laxer.
 */
export function classArguments(directive: ConstDirectiveNode): Read {
  const written: Record<string, unknown> = {}
  const unknown: string[] = []
  for (const argument of directive.arguments ?? []) {
    const name = argument.name.value
    if (argument.value.kind === Kind.NULL) continue
    const value = Object.hasOwn(readers, name)
      ? readers[name as keyof ClassArguments](valueFromASTUntyped(argument.value))
      : undefined
    if (value === undefined) unknown.push(name)
    else written[name] = value
  }
  return { written, unknown }
}
