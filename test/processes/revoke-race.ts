import type { Topology } from './topology.ts'
import { ask } from './ask.ts'

/** One reading by the bank: what it got, and whether it had its answer before the withdrawal was even sent. */
export type Reading = { gateway: string; name: string | null; code: string | null; ended: boolean }

const person = '901085000101'

/**
 * So many readers ask both gateways again and again while the citizen withdraws at one of them. Gives the readings that
 * started before the withdrawal was acknowledged, and those that started after; each reader has one of these.
 */
export async function revokeRace(
  { gateway, inOne, issuer }: Topology,
  readers: number,
): Promise<{ before: Reading[]; after: Reading[] }> {
  const [bank, citizen] = await Promise.all([issuer.token('bank'), issuer.token('citizen')])
  const before: Reading[] = []
  const after: Reading[] = []
  let isSent = false
  let isAcknowledged = false
  const enough = Promise.withResolvers<void>()

  const read = async (address: string): Promise<void> => {
    for (;;) {
      const isLast = isAcknowledged
      const query = `{ citizen(personalId: "${person}") { fullName } }`
      const { body } = await ask(address, query, { token: bank, purpose: 'CREDIT_ASSESSMENT' })
      const name = (body.data as { citizen: { fullName: string | null } | null } | null)?.citizen?.fullName ?? null
      const code = body.errors?.[0]?.extensions?.['code']
      const reading = { gateway: address, name, code: code === undefined ? null : String(code), ended: !isSent }
      ;(isLast ? after : before).push(reading)
      if (before.length >= 20) enough.resolve()
      if (isLast) return
    }
  }
  const reading = Array.from({ length: readers }, (_, index) => read(index % 2 === 0 ? gateway : inOne))

  const own = await ask(gateway, '{ me { consents(first: 20) { nodes { id state } } } }', { token: citizen })
  const { nodes } = (own.body.data as { me: { consents: { nodes: { id: string; state: string }[] } } }).me.consents
  const consentId = nodes.find(({ state }) => state === 'GRANTED')?.id
  await enough.promise
  isSent = true
  const withdrawal = 'mutation ($input: ConsentInput!) { withdrawConsent(input: $input) { state errors { code } } }'
  const { text } = await ask(gateway, withdrawal, { token: citizen }, { input: { consentId } })
  isAcknowledged = true
  await Promise.all(reading)
  if (!text.includes('REVOKED')) throw new Error(`not withdrawn: ${text}`)
  return { before, after }
}
