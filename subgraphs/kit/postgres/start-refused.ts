const name = 'StartRefused'

/** An error whose message is the one line to show to whoever starts the server: no stack helps them. */
export function startRefused(message: string): Error {
  const error = new Error(message)
  error.name = name
  return error
}

/** True for what `startRefused` made. */
export function isStartRefused(error: unknown): error is Error {
  return error instanceof Error && error.name === name
}
