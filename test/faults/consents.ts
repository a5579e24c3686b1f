import type { Answer, Question, WholeGraph } from '../support/whole-graph.ts'

/** What of a graph these steps need: a way to ask. */
export type Asking = Pick<WholeGraph, 'ask'>

type Consents = {
  me: { consents: { nodes: { id: string; state: string; noticeHash: string; coordinates: string[] }[] } }
}

/** A persona's own consents in a state, oldest first. */
export async function consentsOf({ ask }: Asking, persona: Question['as'], state: string) {
  const { body } = await ask({
    as: persona,
    query: '{ me { consents(first: 50) { nodes { id state noticeHash coordinates } } } }',
  })
  return (body.data as Consents).me.consents.nodes.filter((consent) => consent.state === state)
}

/** The bank asks a persona's person, who agrees to everything that was asked. */
export async function grantedConsent(
  graph: Asking,
  persona: Question['as'],
  subject: string,
  changes: object,
): Promise<void> {
  const before = new Set((await consentsOf(graph, persona, 'REQUESTED')).map(({ id }) => id))
  const input = {
    subject,
    coordinates: ['Citizen.fullName'],
    mode: 'VIEW',
    notAfter: new Date(Date.now() + 86_400_000).toISOString(),
    retentionDays: 30,
    refusalConsequence: 'Không xét hồ sơ trực tuyến',
    refusalConsequenceEn: 'The application is handled on paper',
    ...changes,
  }
  const asked = await graph.ask({
    as: 'bank',
    purpose: 'CREDIT_ASSESSMENT',
    query: 'mutation ($input: RequestConsentInput!) { requestConsent(input: $input) { errors { code messageEn } } }',
    variables: { input },
  })
  refuseErrors(asked)
  const request = (await consentsOf(graph, persona, 'REQUESTED')).find(({ id }) => !before.has(id))
  if (request === undefined) throw new Error('the request did not arrive')
  const { id: consentId, noticeHash, coordinates } = request
  const granted = await graph.ask({
    as: persona,
    query: 'mutation ($input: GrantConsentInput!) { grantConsent(input: $input) { state errors { code messageEn } } }',
    variables: { input: { consentId, noticeHash, coordinates, method: 'APP', locale: 'VI' } },
  })
  refuseErrors(granted)
}

/** Withdraws a consent as its own citizen. */
export function withdraw({ ask }: Asking, persona: Question['as'], consentId: string): Promise<Answer> {
  return ask({
    as: persona,
    query: 'mutation ($input: ConsentInput!) { withdrawConsent(input: $input) { state errors { code } } }',
    variables: { input: { consentId } },
  })
}

function refuseErrors({ body }: Answer): void {
  const [payload] = Object.values((body.data ?? {}) as Record<string, { errors: unknown[] } | null>)
  if (payload?.errors.length !== 0) throw new Error(`refused: ${JSON.stringify(body)}`)
}
