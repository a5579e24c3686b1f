import { problem } from '../../policy/errors.ts'
import type { FieldClass } from '../../policy/types.ts'
import type { GraphFacts } from '../kit/types.ts'

/** The field that the argument `coordinate` names. Throws BAD_USER_INPUT where there is none. */
export function fieldNamed({ classes }: GraphFacts, args: Readonly<Record<string, unknown>>): FieldClass {
  const field = classes.get(String(args['coordinate']))
  if (field === undefined) throw problem('BAD_USER_INPUT', { vi: 'không có trường này', en: 'no such field' })
  return field
}
