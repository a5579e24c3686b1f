import type { FormattedExecutionResult } from 'graphql'

/** What a client sends beside its query. */
export type Headers = { token?: string | null; purpose?: string | undefined; case?: string | undefined }
export type Answer = { status: number; body: FormattedExecutionResult; text: string; requestId: string }

/** Asks a running graph over HTTP, as any client does. */
export async function ask(address: string, query: string, headers: Headers = {}, variables = {}): Promise<Answer> {
  const { token, purpose, case: caseNumber } = headers
  const response = await fetch(`${address}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(purpose === undefined ? {} : { 'x-purpose': purpose }),
      ...(caseNumber === undefined ? {} : { 'x-case': caseNumber }),
    },
    body: JSON.stringify({ query, variables }),
  })
  const text = await response.text()
  const requestId = response.headers.get('x-request-id') ?? ''
  return { status: response.status, body: JSON.parse(text) as FormattedExecutionResult, text, requestId }
}

/** `code` of every error with where it stands, in the order of the answer. */
export function codesOf({ errors = [] }: FormattedExecutionResult): string[] {
  return errors.map(({ path, extensions }) => `${String(extensions?.['code'])} ${(path ?? []).join('.')}`.trim())
}
