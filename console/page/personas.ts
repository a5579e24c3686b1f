/** Somebody to ask as: what `GET /console/personas.json` gives on the machine of the server. */
export type Persona = {
  persona: string
  vi: string
  en: string
  personalId: string | null
  purposes: readonly string[]
  case: string | null
  token: string | null
  allowed: string | null
  denied: string | null
}

/** Whoever shows no token; the only one there is where an identity provider is configured. */
export const nobody: Persona = {
  persona: 'nobody',
  vi: 'Không có mã truy cập',
  en: 'No token',
  personalId: null,
  purposes: [],
  case: null,
  token: null,
  allowed: null,
  denied: null,
}

/** The personas with their tokens; nobody alone where the server gives none. */
export async function fetchPersonas(): Promise<readonly Persona[]> {
  const answer = await fetch('/console/personas.json')
  return answer.ok ? ((await answer.json()) as Persona[]) : [nobody]
}
