import { createLocalIssuer } from '../../identity/local-issuer.ts'
import { loadPersonas } from '../../synthetic/personas.ts'
import { consentedCoordinates } from './seed-consents.ts'

/** One request of a person's consent being changed: what is sent, and what is wrong with the answer (null: nothing). */
export type ConsentStep = {
  body: string
  headers: Readonly<Record<string, string>>
  check: (text: string) => string | null
}

type Consents = { me?: { consents?: { nodes?: { id: string; state: string; grantee: string; noticeHash: string }[] } } }

/**
 * The consents of people to the bank, changed by themselves through the graph, one after the other: withdrawn, asked for
 * anew and granted, and after each change the bank asks what it may read. `form` is the bank's question about one of them.
 * The step that comes next is made when the one before was checked.
 */
export async function createConsentChanges(
  dataDir: string,
  people: readonly string[],
  form: (person: string) => string,
): Promise<() => Generator<ConsentStep, void>> {
  const issuer = createLocalIssuer(dataDir)
  const claimsOf = (persona: string) => loadPersonas().find((one) => one.persona === persona)?.claims ?? {}
  const tokens = new Map<string, Record<string, string>>()
  for (const person of people) {
    const token = await issuer.sign({ ...claimsOf('citizen'), sub: `vneid-${person}`, personal_id: person })
    tokens.set(person, { authorization: `Bearer ${token}` })
  }
  const token = await issuer.sign({ ...claimsOf('bank'), sub: 'bench-bank-changes' })
  const bank = { authorization: `Bearer ${token}`, 'x-purpose': 'CREDIT_ASSESSMENT' }
  let taken = 0

  return function* steps() {
    for (;;) {
      const person = people[taken % people.length] ?? ''
      taken += 1
      const citizen = tokens.get(person) ?? {}
      yield* change(person, citizen)
    }
  }

  function* change(person: string, citizen: Record<string, string>): Generator<ConsentStep, void> {
    const granted = yield* listed(citizen, 'GRANTED')
    if (granted !== null) {
      yield done(citizen, withdraw, { input: { consentId: granted.id } }, 'REVOKED')
      yield asks(person, (text) => text.includes('"CONSENT_WITHDRAWN"'))
    }
    const waiting = yield* listed(citizen, 'REQUESTED')
    if (waiting === null) yield done(bank, request, { input: wanted(person) }, 'REQUESTED')
    const asked = waiting ?? (yield* listed(citizen, 'REQUESTED'))
    if (asked === null) return
    const input = { consentId: asked.id, noticeHash: asked.noticeHash, ...confirmation }
    yield done(citizen, grant, { input }, 'GRANTED')
    yield asks(person, (text) => !text.includes('"errors"'))
  }

  function* listed(headers: Record<string, string>, state: string) {
    let found: { id: string; noticeHash: string } | null = null
    yield {
      body: JSON.stringify({ query: list }),
      headers,
      check: (text: string) => {
        const { data } = JSON.parse(text) as { data?: Consents }
        const nodes = data?.me?.consents?.nodes
        found = nodes?.findLast((one) => one.state === state && one.grantee === 'BANK-DEMO') ?? null
        return nodes === undefined ? text : null
      },
    }
    return found as { id: string; noticeHash: string } | null
  }

  function asks(person: string, isRight: (text: string) => boolean): ConsentStep {
    return { body: form(person), headers: bank, check: (text) => (isRight(text) ? null : text) }
  }
}

/** A mutation after which the consent is in this state. */
function done(headers: Record<string, string>, query: string, variables: object, state: string): ConsentStep {
  const check = (text: string): string | null => (text.includes(`"state":"${state}"`) ? null : text)
  return { body: JSON.stringify({ query, variables }), headers, check }
}

const list = '{ me { consents(first: 50) { nodes { id state grantee noticeHash } } } }'
const withdraw = 'mutation ($input: ConsentInput!) { withdrawConsent(input: $input) { state errors { code } } }'
const request = `mutation ($input: RequestConsentInput!) {
  requestConsent(input: $input) { request { state } errors { code messageEn } } }`
const grant = `mutation ($input: GrantConsentInput!) { grantConsent(input: $input) { state errors { code messageEn } } }`
const wanted = (subject: string) => ({
  subject,
  coordinates: consentedCoordinates,
  mode: 'VIEW',
  notAfter: new Date(Date.now() + 30 * 86_400_000).toISOString(),
  retentionDays: 30,
  refusalConsequence: 'Hồ sơ được xét trên giấy',
  refusalConsequenceEn: 'The application is handled on paper',
})
const confirmation = {
  coordinates: consentedCoordinates,
  method: 'WRITTEN',
  evidenceRef: 'BENCH-01',
  locale: 'VI',
}
