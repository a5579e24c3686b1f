import { valueFromASTUntyped } from 'graphql'
import type { ConstDirectiveNode } from 'graphql'
import { textArgument } from './ast.ts'
import type { SubjectFields } from './types.ts'

/** What one `@subject` says. */
export function subjectFields(directive: ConstDirectiveNode): SubjectFields {
  const persons = directive.arguments?.find((argument) => argument.name.value === 'persons')?.value
  const named: unknown = persons ? valueFromASTUntyped(persons) : []
  const list: readonly unknown[] = Array.isArray(named) ? named : [named]
  return {
    persons: list.filter((name) => typeof name === 'string'),
    place: textArgument(directive, 'place'),
  }
}
