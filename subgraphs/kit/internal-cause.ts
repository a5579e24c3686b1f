import { GraphQLError } from 'graphql'

/**
 * What operators may know of a mistake of ours: the kind of error and, from PostgreSQL, SQLSTATE with the names of
 * constraint and table. Never its message or detail, which quote values.
 */
export function internalCause(error: Error): string {
  const cause = causeOf(error)
  const { code, constraint, table } = cause as { code?: unknown; constraint?: unknown; table?: unknown }
  const named = (what: string, name: unknown, form: RegExp): string[] =>
    typeof name === 'string' && form.test(name) ? [`${what} ${name}`] : []
  return [
    /^\w{1,40}$/.test(cause.name) ? cause.name : 'Error',
    ...named('SQLSTATE', code, /^[0-9A-Z]{5}$/),
    ...named('constraint', constraint, identifier),
    ...named('table', table, identifier),
  ].join(', ')
}

/** A name of the schema's: no value has this form, and a personal number begins with a digit. */
const identifier = /^[a-z_][a-z_0-9]{0,62}$/

function causeOf(error: Error): Error {
  return error instanceof GraphQLError && error.originalError !== undefined ? causeOf(error.originalError) : error
}
