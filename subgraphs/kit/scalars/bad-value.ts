import { GraphQLError } from 'graphql'

/** A value the client sent that the scalar doesn't take. The value itself is never repeated: it may be personal. */
export function badInput(scalar: string, form: string): GraphQLError {
  return new GraphQLError(`Giá trị không đúng dạng ${scalar}: ${form}. Not a ${scalar}: ${form}.`, {
    extensions: { code: 'BAD_USER_INPUT' },
  })
}

/** A stored value that the scalar can't hold: a fault of ours, told without the value. */
export function badOutput(scalar: string): GraphQLError {
  return new GraphQLError(`Dữ liệu lưu trữ không đúng dạng ${scalar}. Stored data is no ${scalar}.`, {
    extensions: { code: 'INTERNAL' },
  })
}
