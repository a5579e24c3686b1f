import type { GraphQLError } from 'graphql'
import { problem } from '../../../policy/errors.ts'

/** A value the client sent that the scalar doesn't take. The value itself is never repeated: it may be personal. */
export function badInput(scalar: string, form: string): GraphQLError {
  return problem('BAD_USER_INPUT', { vi: `không đúng dạng ${scalar} (${form})`, en: `not a ${scalar} (${form})` })
}

/** A stored value that the scalar can't hold: a fault of ours, told without the value. */
export function badOutput(scalar: string): GraphQLError {
  return problem('INTERNAL', { vi: `dữ liệu lưu trữ không đúng dạng ${scalar}`, en: `stored data is no ${scalar}` })
}
