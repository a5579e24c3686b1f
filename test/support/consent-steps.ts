import type { Principal } from '../../policy/types.ts'
import type { UserError } from '../../subgraphs/consent/user-error.ts'
import { bankOf, citizenOf, type ConsentDatabase } from './consent-database.ts'

/** What a step came to: the errors of its payload (codes), and the state it left. */
export type Stepped = { codes: string[]; errors: UserError[]; state: string | null }

/** The steps of a consent's life, each through the graph as its own caller. */
export function consentSteps(db: ConsentDatabase) {
  const errorFields = 'errors { code message messageEn field }'
  const run = async (principal: Principal, mutation: string, type: string, input: object, selection: string) => {
    const result = await db.ask(
      principal,
      `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${selection} ${errorFields} } }`,
      { input },
    )
    const payload = (result.data?.[mutation] ?? null) as {
      errors: UserError[]
      state?: string
      request?: { id: string }
    } | null
    return { payload, denied: (result.errors ?? []).map((error) => String(error.extensions['code'])) }
  }
  const stepped = ({ payload, denied }: Awaited<ReturnType<typeof run>>): Stepped => ({
    errors: payload?.errors ?? [],
    codes: [...denied, ...(payload?.errors ?? []).map((error) => error.code)],
    state: payload?.state ?? null,
  })
  const inputOf = (subject: string, changes: object) => ({
    subject,
    coordinates: ['Citizen.fullName', 'Citizen.income'],
    mode: 'VIEW',
    notAfter: new Date(Date.now() + 86_400_000).toISOString(),
    retentionDays: 30,
    refusalConsequence: 'Không xét hồ sơ trực tuyến',
    refusalConsequenceEn: 'The application is handled on paper',
    ...changes,
  })

  return {
    /** The bank asks; gives the consent's key in the database. */
    request: async (subject: string, changes: object = {}, principal = bankOf()) => {
      const result = await run(
        principal,
        'requestConsent',
        'RequestConsentInput',
        inputOf(subject, changes),
        'request { id }',
      )
      const sealed = result.payload?.request?.id
      const id = sealed === undefined ? null : db.services.ids.open(sealed, 'ConsentRequest', principal.audience)
      return { ...stepped(result), id: id ?? '' }
    },
    /** Confirms exactly these fields, with the notice's own hash unless another is given. */
    grant: async (principal: Principal, id: string, changes: object = {}) => {
      const { rows } = await db.admin.query(
        'select notice_hash as "noticeHash", coordinates from consent_now where id = $1',
        [id],
      )
      const input = {
        consentId: db.seal('Consent', id, principal),
        method: 'APP',
        locale: 'VI',
        ...rows[0],
        ...changes,
      }
      return stepped(await run(principal, 'grantConsent', 'GrantConsentInput', input, 'consent { id } state'))
    },
    /** Refuses, restricts or withdraws. */
    end: async (mutation: 'refuseConsent' | 'restrictConsent' | 'withdrawConsent', principal: Principal, id: string) =>
      stepped(
        await run(
          principal,
          mutation,
          'ConsentInput',
          { consentId: db.seal('Consent', id, principal) },
          'consent { id } state',
        ),
      ),
    /** Any other mutation. */
    call: async (principal: Principal, mutation: string, type: string, input: object) =>
      stepped(await run(principal, mutation, type, input, '__typename')),
    /** A consent that its adult subject has just granted. */
    granted: async function granted(subject: string, changes: object = {}): Promise<string> {
      const { id } = await this.request(subject, changes)
      const { codes, state } = await this.grant(citizenOf(subject), id)
      if (state !== 'GRANTED') throw new Error(`not granted: ${codes.join()}`)
      return id
    },
    /** What the store says of a person to the bank. */
    factsOf: async (person: string, principal = bankOf(), traceId = 'trace') => {
      const facts = (await db.facts.load([person], principal, traceId)).get(person)
      if (facts === undefined) throw new Error('no facts')
      return facts
    },
    stateOf: async (id: string): Promise<string> =>
      (await db.admin.query('select state from consent where id = $1', [id])).rows[0].state,
  }
}
