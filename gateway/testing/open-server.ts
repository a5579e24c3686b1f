import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { GatewayInterface } from '@apollo/server-gateway-interface'
import type { FormattedExecutionResult } from 'graphql'
import { pino } from 'pino'
import { createIdentity } from '../../identity/identity.ts'
import type { Identity } from '../../identity/identity.ts'
import type { DisclosureRecord } from '../../policy/disclosure.ts'
import { createMetrics } from '../metrics.ts'
import { createServer } from '../server.ts'
import type { GraphServer, ServerDeps } from '../server.ts'
import { noTrustedDocuments } from '../trusted-documents.ts'
import { smallGateway } from './small-graph.ts'

/** A server of the test's own, with what it recorded and logged. */
export type OpenServer = GraphServer & {
  identity: Identity
  records: DisclosureRecord[]
  logged: string[]
  /** Posts an operation; `headers` are added to JSON's. */
  ask: (body: unknown, headers?: Record<string, string>) => Promise<Answered>
  /** Headers of a caller with these claims. */
  as: (claims: Record<string, unknown>) => Promise<Record<string, string>>
}
export type Answered = {
  status: number
  headers: Record<string, unknown>
  body: FormattedExecutionResult
  text: string
}

/** Opens a server without a socket around a gateway; `deps` replace what the test is about. */
export async function openServer({
  gateway = smallGateway(),
  isLocal = true,
  ...deps
}: Partial<ServerDeps> & { gateway?: GatewayInterface; isLocal?: boolean } = {}): Promise<OpenServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'server-'))
  const identity = await createIdentity({ dataDir, oidcIssuer: null })
  const records: DisclosureRecord[] = []
  const logged: string[] = []
  const server = await createServer(
    { isLocal },
    {
      gateway,
      listSizes: new Map([['Citizen.relatives', 60]]),
      verifier: identity.verifier,
      purposes: {
        get: (code) => (code === 'CREDIT_ASSESSMENT' || code === 'TREATMENT' ? ({ code } as never) : null),
        codes: ({ orgKind }) => (orgKind === 'PRIVATE' ? ['CREDIT_ASSESSMENT'] : []),
        isStatable: ({ orgKind }, code) => orgKind === 'PRIVATE' && code === 'CREDIT_ASSESSMENT',
      },
      log: { append: (record) => Promise.resolve(void records.push(record)) },
      bundleHash: 'bundle',
      schemaHash: 'schema',
      clock: () => new Date('2026-11-22T00:00:00Z'),
      ready: () => Promise.resolve([{ part: 'population', ok: true }]),
      publicKeys: identity.publicKeys,
      documents: noTrustedDocuments,
      page: { folder: () => null, ready: Promise.resolve(false), personas: null },
      metrics: createMetrics(),
      logger: pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) }),
      ...deps,
    },
  )
  return {
    ...server,
    identity,
    records,
    logged,
    ask: async (body, headers = {}) => {
      const {
        statusCode,
        headers: answered,
        payload,
      } = await server.app.inject({
        method: 'POST',
        url: '/graphql',
        headers: { 'content-type': 'application/json', ...headers },
        payload: typeof body === 'string' ? body : JSON.stringify(body),
      })
      return { status: statusCode, headers: answered, body: JSON.parse(payload), text: payload }
    },
    as: async (claims) => ({ authorization: `Bearer ${await identity.localIssuer?.sign(claims)}` }),
    close: async () => {
      await server.close()
      rmSync(dataDir, { recursive: true })
    },
  }
}

/** Claims of a bank’s system, which may state CREDIT_ASSESSMENT and nothing else. */
export const bankClaims = {
  sub: 'system-bank',
  kind: 'SYSTEM',
  org: 'BANK-DEMO',
  client_id: 'CREDIT',
  authn_level: 3,
  account_level: 2,
}

/** The code of the first error. */
export function codeOf({ body }: Answered): unknown {
  return body.errors?.[0]?.extensions?.['code']
}
