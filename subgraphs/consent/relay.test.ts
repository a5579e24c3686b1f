import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { DisclosureRecord } from '../../policy/disclosure.ts'
import { citizenOf, consentDatabase, people, type ConsentDatabase } from '../../test/support/consent-database.ts'
import { consentSteps } from '../../test/support/consent-steps.ts'
import { until } from '../../test/support/oversight-database.ts'
import { relay, shipEvents } from './relay.ts'

let db: ConsentDatabase
let steps: ReturnType<typeof consentSteps>
beforeAll(async () => {
  db = await consentDatabase()
  steps = consentSteps(db)
})
afterAll(() => db.close())
beforeEach(async () => {
  await shipEvents(db.services)
})

const shippedTo = (shipped: DisclosureRecord[], fails: (record: DisclosureRecord) => boolean = () => false) => ({
  ...db.services,
  log: {
    append: async (record: DisclosureRecord) => {
      if (fails(record)) throw new Error('the log is away')
      shipped.push(record)
    },
  },
})

describe('the relay', () => {
  it('ships each change once, in the order of commit, with who and what but never the token', async () => {
    const shipped: DisclosureRecord[] = []
    const { id } = await steps.request(people.adult)
    await steps.grant(citizenOf(people.adult, { token: 'secret' }), id)
    await steps.end('withdrawConsent', citizenOf(people.adult), id)
    expect(await shipEvents(shippedTo(shipped))).toBe(3)
    expect(await shipEvents(shippedTo(shipped))).toBe(0)
    expect(shipped.map(({ operation }) => operation)).toEqual(['requestConsent', 'grantConsent', 'withdrawConsent'])
    expect(shipped[1]).toMatchObject({
      writer: 'consent',
      requestId: 'request',
      bundleHash: 'b',
      schemaHash: 's',
      principal: { sub: `vneid-${people.adult}`, token: null },
      entries: [
        {
          subject: people.adult,
          coordinates: ['Citizen.fullName', 'Citizen.income'],
          outcome: 'ALLOW',
          level: 'L3',
          rule: 'consent-grant-consent',
          basis: 'CONSENT',
          consentId: id,
          consentVersion: 2,
        },
      ],
    })
    expect(new Set(shipped.map(({ traceId }) => traceId)).size).toBe(3)
    expect(JSON.stringify(shipped)).not.toContain('secret')
  })

  it('takes up where the log went away, skipping nothing and sending nothing twice', async () => {
    const shipped: DisclosureRecord[] = []
    const { id } = await steps.request(people.otherAdult)
    await steps.grant(citizenOf(people.otherAdult), id)
    await steps.end('withdrawConsent', citizenOf(people.otherAdult), id)
    await expect(shipEvents(shippedTo(shipped, ({ operation }) => operation === 'grantConsent'))).rejects.toThrow(
      'away',
    )
    expect(await shipEvents(shippedTo(shipped))).toBe(2)
    expect(shipped.map(({ operation }) => operation)).toEqual(['requestConsent', 'grantConsent', 'withdrawConsent'])
  })

  it('sends a record again under the same trace id when it is not known to have arrived', async () => {
    const shipped: DisclosureRecord[] = []
    const { id } = await steps.request(people.parent)
    const dying = {
      ...shippedTo(shipped),
      log: {
        append: async (record: DisclosureRecord) => {
          shipped.push(record)
          throw new Error('died before it was noted')
        },
      },
    }
    await expect(shipEvents(dying)).rejects.toThrow()
    await shipEvents(shippedTo(shipped))
    expect(shipped.map(({ traceId }) => traceId)).toEqual([shipped[0]?.traceId, shipped[0]?.traceId])
    await steps.end('refuseConsent', citizenOf(people.parent), id)
  })

  it('lets one replica ship at a time', async () => {
    await steps.request(people.guardian)
    const gate = Promise.withResolvers<void>()
    const entered = Promise.withResolvers<void>()
    const slow = {
      ...db.services,
      log: {
        append: async () => {
          entered.resolve()
          await gate.promise
        },
      },
    }
    const first = shipEvents(slow)
    await entered.promise
    expect(await shipEvents(db.services)).toBe(0)
    gate.resolve()
    expect(await first).toBe(1)
  })

  it('never holds up a withdrawal: with the log and the fact store away the next read is denied all the same', async () => {
    const id = await steps.granted(people.otherParent)
    const away = { ...db.services.facts }
    db.services.facts.load = () => Promise.reject(new Error('away'))
    expect((await steps.end('withdrawConsent', citizenOf(people.otherParent), id)).errors).toEqual([])
    db.services.facts.load = away.load
    expect((await steps.factsOf(people.otherParent)).consents[0]).toMatchObject({ state: 'REVOKED' })
  })

  it('runs until it is told to end, ends what is over, and never rejects', async () => {
    const { id } = await steps.request(people.unknown)
    await db.admin.query(
      "begin; set local session_replication_role = replica; update consent set ends_at = now() - interval '1 second' where subject = $$901099999999$$; commit",
    )
    const shipped: DisclosureRecord[] = []
    let failures = 0
    const stop = new AbortController()
    const running = relay(
      shippedTo(shipped, () => failures++ < 2),
      stop.signal,
    )
    await until(db.admin, "select state = 'EXPIRED' from consent where id = $1", [id])
    await until(db.admin, 'select (select max(id) from consent_event) = (select max(event) from consent_event_shipped)')
    stop.abort()
    await expect(running).resolves.toBeUndefined()
    expect(shipped.at(-1)).toMatchObject({
      operation: 'endConsent',
      principal: { kind: 'SYSTEM', org: 'BCA' },
      entries: [{ subject: people.unknown }],
    })
  })
})
