import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { inject } from 'vitest'
import { type SigningKey, sealKeysFromText, signingKeyFromText } from '../../config/key-text.ts'
import { approverIds } from '../../policy/review/approved-files.ts'
import { withClient } from '../../subgraphs/kit/postgres/with-client.ts'
import { createSealedIds } from '../../subgraphs/kit/sealed-ids.ts'
import { registry } from '../../subgraphs/registry.ts'
import { createPopulation } from '../../synthetic/population.ts'
import { createTestDatabase } from '../support/create-test-database.ts'
import { runServer } from '../support/run-server.ts'
import { type Issuer, openIssuer } from './issuer.ts'

/** The population subgraph in a process of its own, and the key it takes contexts from. */
export type LoneSubgraph = {
  url: string
  contextKey: SigningKey
  issuer: Issuer
  /** A citizen's id as the `citizen` persona is given it. */
  seal: (personalId: string) => string
  /** Resolves when none of its connections has anything to say any more. */
  quiet: () => Promise<void>
  close: () => Promise<void>
}

const subgraphs = ['population', 'consent', 'oversight'] as const

/** Starts it over databases of its own on the run's cluster, reached by what `tapOf` puts in between. */
export async function openLoneSubgraph(
  tapOf: (server: { host: string; port: number }) => Promise<string>,
): Promise<LoneSubgraph> {
  const server = inject('superuser')
  const host = await tapOf(server)
  const population = createPopulation({ seed: 20_250_701, size: 1000 })
  const databases = await Promise.all(
    subgraphs.map(async (name) => {
      const definition = registry.find((one) => one.name === name)
      if (definition === undefined) throw new Error(name)
      return { name, database: await createTestDatabase(definition, population) }
    }),
  )
  const roles = { population: 'population_app', consent: 'consent_reader', oversight: 'oversight_writer' }
  const urls = databases.map(({ name, database }) => {
    const { user, password, port, database: at } = database.as(roles[name])
    const url = `postgres://${user}:${String(password)}@${encodeURIComponent(host)}:${port}/${at}`
    return [`DATABASE_URL_${name.toUpperCase()}`, url]
  })
  const issuer = await openIssuer()
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const sealKeys = `k1:${randomBytes(64).toString('base64url')}`
  const run = runServer(
    {
      ...(Object.fromEntries(urls) as Record<string, string>),
      PORT: '0',
      OIDC_ISSUER: issuer.url,
      SEAL_KEYS: sealKeys,
      CONTEXT_KEY: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      LOG_SIGNING_KEY: pem,
      LOG_PSEUDONYM_KEY: randomBytes(32).toString('base64url'),
      POLICY_APPROVERS: approverIds(),
    },
    [process.execPath, 'subgraphs/serve.ts', 'population'],
  )
  const [, url = ''] = await run.says(/^population answers at (\S+)$/m)
  const ids = createSealedIds(sealKeysFromText(sealKeys) ?? [])
  return {
    url,
    contextKey: signingKeyFromText(pem) as SigningKey,
    issuer,
    seal: (personalId) => ids.seal('Citizen', personalId, JSON.stringify(['citizen', 'vneid-901085000101'])),
    quiet: async () => {
      // The log wakes its sequencer after the answer: that word is the last of a request.
      await withClient(server, async (client) => {
        const names = databases.map(({ database }) => database.name)
        for (;;) {
          const { rows } = await client.query<{ busy: boolean }>(
            `select count(*) filter (where state <> 'idle') > 0
                 or count(*) filter (where query like 'select pg_notify%') = 0 as busy
               from pg_stat_activity where datname = any($1)`,
            [names],
          )
          if (rows[0]?.busy === false) return
        }
      })
    },
    close: async () => {
      run.child.kill('SIGTERM')
      await run.ended
      await issuer.close()
      for (const { database } of databases) await database.drop()
    },
  }
}
