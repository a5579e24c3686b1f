import { inheritable } from '../field-class.ts'
import type { Rule } from '../schema-model.ts'
import type { ClassArguments } from '../types.ts'

const ofArguments: readonly string[] = ['of', 'use']

/** `@classified` stands once, where it has a meaning, in words of its vocabulary. */
export const unknownWord: Rule = ({ types, arguments: all }) => {
  const onTypes = types.flatMap((type) => [
    ...unknown(type.name, type.unknown),
    ...meaningless(type.name, 'a type', type.defaults, (name) => inheritable.every((one) => one !== name)),
  ])
  const onFields = types
    .flatMap((type) => [...type.fields.values()])
    .flatMap((field) => [
      ...unknown(field.coordinate, field.unknown),
      ...(field.times > 1 ? [{ coordinate: field.coordinate, reason: 'is classified more than once' }] : []),
      ...meaningless(field.coordinate, 'a field', field.merged, (name) => ofArguments.includes(name)),
    ])
  const onArguments = all.flatMap((one) => unknown(one.coordinate, one.unknown))
  return [...onTypes, ...onFields, ...onArguments]
}

function unknown(coordinate: string, names: readonly string[]): { coordinate: string; reason: string }[] {
  return names.map((name) => ({ coordinate, reason: `says ${name} in no word of the vocabulary` }))
}

function meaningless(coordinate: string, where: string, written: ClassArguments, is: (name: string) => boolean) {
  return Object.keys(written)
    .filter(is)
    .map((name) => ({ coordinate, reason: `says ${name}, which means nothing on ${where}` }))
}
