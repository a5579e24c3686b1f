/** How a request is made: as whom, for which purpose, in which case. */
export type Asking = { token: string; purpose: string; caseNumber: string }

/** One error of an answer, with what the form is told about it. */
export type Denied = {
  message: string
  path?: readonly (string | number)[]
  extensions?: {
    code?: string
    coordinate?: string
    level?: string
    rule?: string
    citation?: string
    proposal?: boolean
    message_vi?: string
    remedy?: { action: string } & Record<string, unknown>
    requestId?: string
  }
}
export type Answer = { data?: unknown; errors?: readonly Denied[]; extensions?: unknown }

type Operation = { query: string; operationName?: string | null; variables?: unknown }

/** Posts an operation to the graph. The explorer's own question about the schema is asked as nobody. */
export async function ask(operation: Operation, asking: Asking, typed: Record<string, string> = {}): Promise<Answer> {
  const headers: Record<string, string> = { 'content-type': 'application/json' }
  if (!isIntrospection(operation)) {
    if (asking.token !== '') headers['authorization'] = `Bearer ${asking.token}`
    if (asking.purpose !== '') headers['x-purpose'] = asking.purpose
    if (asking.caseNumber !== '') headers['x-case'] = asking.caseNumber
    Object.assign(headers, typed)
  }
  const answer = await fetch('/graphql', { method: 'POST', headers, body: JSON.stringify(operation) })
  return (await answer.json()) as Answer
}

/** True for the question an explorer asks to know the schema. */
export function isIntrospection({ operationName }: Operation): boolean {
  return operationName === 'IntrospectionQuery'
}
