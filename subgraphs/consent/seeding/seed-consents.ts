import { readFileSync } from 'node:fs'
import type { Client } from 'pg'
import { z } from 'zod'
import { loadOrganisations } from '../../../identity/organisations.ts'
import { loadYaml } from '../../../policy/load-yaml.ts'
import { createPurposeRegistry } from '../../../policy/purposes.ts'
import { insertRow } from '../insert-row.ts'
import { renderNotice } from '../notice.ts'

const file = z.strictObject({
  fields: z.record(
    z.string(),
    z.strictObject({ vi: z.string(), en: z.string(), owner: z.string(), sensitive: z.boolean() }),
  ),
  consents: z.array(
    z.strictObject({
      id: z.uuid(),
      persona: z.string(),
      subject: z.string().regex(/^9\d{11}$/),
      state: z.enum(['REQUESTED', 'GRANTED', 'EXPIRED', 'REVOKED']),
      reference: z.string(),
      coordinates: z.array(z.string()),
      notAfter: z.iso.datetime(),
    }),
  ),
})

type Seeded = z.infer<typeof file>

/** The seed's consents and what their notices say of each field. Throws with line and field of a fault. */
export function loadSeedConsents(): Seeded {
  return loadYaml(
    file,
    readFileSync(new URL('consents.yaml', import.meta.url), 'utf8'),
    'subgraphs/consent/seeding/consents.yaml',
  )
}

const times = { requested: '2026-01-05T02:00:00Z', granted: '2026-01-05T03:00:00Z', withdrawn: '2026-03-02T03:00:00Z' }
const organisation = 'BANK-DEMO'
const consequence = {
  vi: 'Ngân hàng không thể thẩm định hồ sơ vay trực tuyến; ông/bà có thể nộp hồ sơ giấy',
  en: 'The bank can not assess the loan online; you may apply on paper instead',
}

/** A live, an expired and a withdrawn consent, and a request that waits; each with its whole chain. */
export async function seedConsents(client: Client): Promise<void> {
  const { fields, consents } = loadSeedConsents()
  for (const consent of consents) await seedConsent(client, consent, fields)
}

async function seedConsent(
  client: Client,
  consent: Seeded['consents'][number],
  fields: Seeded['fields'],
): Promise<void> {
  const { id, subject, coordinates, state } = consent
  const terms = termsOf(consent, fields)
  const add = (columns: Readonly<Record<string, unknown>>, table = 'consent_version') =>
    insertRow(client, table, columns)
  const { notice, grantee, purpose } = terms
  await client.query('insert into consent_notice (hash, vi, en) values ($1, $2, $3) on conflict do nothing', [
    notice.hash,
    notice.vi,
    notice.en,
  ])
  await add(
    {
      id,
      subject,
      grantee_org: organisation,
      grantee_vi: grantee.vi,
      grantee_en: grantee.en,
      purpose: purpose.code,
      purpose_vi: purpose.vi,
      purpose_en: purpose.en,
      reference: consent.reference,
      requested_at: times.requested,
      answer_by: '2030-12-31T17:00:00Z',
    },
    'consent',
  )
  await add({ consent_id: id, state: 'REQUESTED', at: times.requested, actor: 'GRANTEE', ...terms.version })
  if (state !== 'REQUESTED') {
    await add(
      {
        consent_id: id,
        person: subject,
        role: 'SUBJECT',
        coordinates,
        notice_hash: notice.hash,
        method: 'APP',
        account_level: 2,
        authn_level: 3,
        locale: 'vi',
        at: times.granted,
      },
      'consent_confirmation',
    )
    await add({
      consent_id: id,
      state: 'GRANTED',
      at: times.granted,
      actor: 'SUBJECT',
      actor_person: subject,
      coordinates,
    })
  }
  if (state === 'REVOKED')
    await add({ consent_id: id, state, at: times.withdrawn, actor: 'SUBJECT', actor_person: subject })
  if (state === 'EXPIRED')
    await add({ consent_id: id, state, at: consent.notAfter, actor: 'SYSTEM', reason: 'VALIDITY_OVER' })
  const level = terms.version.sensitive.length > 0 ? 'L3' : 'L2'
  const version = { REQUESTED: 1, GRANTED: 2, REVOKED: 3, EXPIRED: 3 }[state]
  await add(
    {
      operation: 'seedConsent',
      request_id: 'seed',
      at: times.requested,
      subjects: [subject],
      coordinates,
      level,
      consent_id: id,
      consent_version: version,
    },
    'consent_event',
  )
}

function termsOf(consent: Seeded['consents'][number], fields: Seeded['fields']) {
  const organisations = loadOrganisations()
  const purpose = createPurposeRegistry(
    readFileSync(new URL('../../../policy/purposes.yaml', import.meta.url), 'utf8'),
  ).get('CREDIT_ASSESSMENT')
  const grantee = organisations.get(organisation)
  if (purpose === null || grantee === undefined) throw new Error('the seed asks for a consent that nobody may ask for')
  const items = consent.coordinates.map((coordinate) => {
    const field = fields[coordinate]
    const holder = organisations.get(field?.owner ?? '')
    if (field === undefined || holder === undefined) throw new Error(`consents.yaml does not describe ${coordinate}`)
    return { coordinate, name: field, holder, isSensitive: field.sensitive, isInWriting: false, owner: holder.id }
  })
  const validity = {
    mode: 'VIEW',
    dataFrom: null,
    dataTo: null,
    notBefore: times.requested,
    notAfter: consent.notAfter,
    maxReads: null,
    retentionDays: 90,
  } as const
  const notice = renderNotice({ grantee, purpose, items, ...validity, consequence })
  const version = {
    coordinates: consent.coordinates,
    sensitive: items.filter((item) => item.isSensitive).map((item) => item.coordinate),
    controllers: [...new Set(items.map((item) => item.owner))].toSorted(),
    mode: validity.mode,
    not_before: validity.notBefore,
    not_after: validity.notAfter,
    retention_days: validity.retentionDays,
    schema_hash: 'seed',
    consequence_vi: consequence.vi,
    consequence_en: consequence.en,
    notice_hash: notice.hash,
    sensitive_notice: notice.hasSensitiveNotice,
  }
  return { purpose, grantee, notice, version }
}
