import type { Answer } from '../support/whole-graph.ts'

/** Claims of a civil-status officer of an organisation, for the whole country. */
export function civilStatusAt(org: string) {
  return {
    sub: `officer-of-${org}`,
    kind: 'OFFICIAL',
    org,
    roles: ['civil-status-officer'],
    client_id: `APP-${org}`,
    jurisdiction: ['VN'],
    account_level: 2,
    authn_level: 3,
  }
}

/** Asks for the names of these persons by aliases. */
export const namesOf = (persons: readonly string[]): string =>
  `{ ${persons.map((person, n) => `c${n}: citizen(personalId: "${person}") { fullName }`).join(' ')} }`

/** How many names were read. */
export const read = ({ body }: Answer): number => JSON.stringify(body.data).match(/"fullName":"/g)?.length ?? 0

/** Error code -> how often it stands in the answer. */
export function tally({ body }: Answer): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { extensions } of body.errors ?? []) {
    const code = String(extensions?.['code'])
    counts[code] = (counts[code] ?? 0) + 1
  }
  return counts
}
/** The different error codes of an answer. */
export const codes = (answer: Answer): string[] => Object.keys(tally(answer))
