import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { print, type FormattedExecutionResult } from 'graphql'

/** Why a field is empty, and what a form can do about it (docs/reference/errors.md lists every code and remedy). */
export type Denial = {
  path: string
  code: string
  message: string
  remedy: { action: string } & Record<string, unknown>
}

/** An answer as a form uses it: what may be shown, and for each empty field why. */
export type FormAnswer<Data> = { data: Data | null; denials: ReadonlyMap<string, Denial> }

export type Caller = {
  token: string
  /** X-Purpose: not for citizens asking for themselves. */
  purpose?: string
  /** X-Case: the number of the open case, where the purpose needs one. */
  caseNumber?: string
}

/** Asks the graph one typed question. Plain `fetch`: no client library is needed. Rejects when the graph can't be reached. */
export async function askGraph<Data, Variables>(
  url: string,
  caller: Caller,
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Promise<FormAnswer<Data>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json',
      authorization: `Bearer ${caller.token}`,
      ...(caller.purpose === undefined ? {} : { 'x-purpose': caller.purpose }),
      ...(caller.caseNumber === undefined ? {} : { 'x-case': caller.caseNumber }),
    },
    body: JSON.stringify({ query: print(document), variables }),
  })
  const { data, errors } = (await response.json()) as FormattedExecutionResult<Data & Record<string, unknown>>
  const denials = (errors ?? []).map(({ path, message, extensions }): [string, Denial] => {
    const at = (path ?? []).join('.')
    const remedy = extensions?.['remedy'] as Denial['remedy']
    return [
      at,
      { path: at, code: String(extensions?.['code']), message: String(extensions?.['message_vi'] ?? message), remedy },
    ]
  })
  return { data: data ?? null, denials: new Map(denials) }
}
