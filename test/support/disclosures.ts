import { generateKeyPairSync } from 'node:crypto'
import type { DisclosureEntry, DisclosureRecord } from '../../policy/disclosure.ts'
import type { Principal } from '../../policy/types.ts'
import type { Keys } from '../../subgraphs/kit/types.ts'

/** Keys of one test's log. The pseudonym key is that of `askSubgraph`. */
export function logKeys(): Keys {
  return { signing: { kid: 'test', ...generateKeyPairSync('ed25519') }, pseudonym: new Uint8Array(32) }
}

/** A civil-status officer at work, unless said otherwise. */
export function officer(changes: Partial<Principal> = {}): Principal {
  return {
    kind: 'OFFICIAL',
    sub: 'officer-1',
    personalId: null,
    org: 'UBND-00004',
    orgKind: 'STATE_AGENCY',
    unit: 'Tư pháp - Hộ tịch',
    roles: ['civil-status-officer'],
    clientId: 'ho-tich',
    actor: null,
    jurisdiction: ['00004'],
    accountLevel: 2,
    authnLevel: 2,
    purpose: 'CIVIL_STATUS',
    caseNumber: null,
    audience: 'UBND-00004 ho-tich',
    token: null,
    ...changes,
  }
}

/** One verdict: a name was read on Art. 19(1)(c), unless said otherwise. */
export function entry(subject: string | null, changes: Partial<DisclosureEntry> = {}): DisclosureEntry {
  return {
    subject,
    coordinates: ['Citizen.fullName'],
    outcome: 'ALLOW',
    code: null,
    level: 'L2',
    rule: 'civil-status-basic',
    basis: '19.1.c',
    citation: 'Luật 91/2025/QH15, Điều 19 khoản 1 điểm c',
    consentId: null,
    consentVersion: null,
    caseNumber: null,
    ...changes,
  }
}

let requests = 0

/** One request's record at a given time. */
export function disclosureRecord(
  entries: readonly DisclosureEntry[],
  at: Date,
  principal: Principal = officer(),
): DisclosureRecord {
  requests += 1
  return {
    traceId: crypto.randomUUID(),
    requestId: `request-${requests}`,
    writer: 'population',
    at,
    principal,
    operation: 'ReadName',
    bundleHash: 'bundle',
    schemaHash: 'schema',
    entries,
  }
}
