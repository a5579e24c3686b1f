import { resolve } from 'node:path'
import { z } from 'zod'
import { addressRangesFromText } from './address-ranges.ts'
import { createConfigProblem } from './config-problem.ts'
import { isLoopback } from './is-loopback.ts'
import { bytesFromText, sealKeysFromText, signingKeyFromText, verifyingKeysFromText } from './key-text.ts'
import type { SealKey, SigningKey, VerifyingKey } from './key-text.ts'
import { isDatabaseUrl, isIssuerUrl, isServiceUrl, urlsByName } from './service-urls.ts'

/** What the environment says, checked and frozen. */
export type Config = {
  port: number
  host: string
  /** The local issuer and the personas exist: on loopback, without an OIDC issuer. */
  isLocal: boolean
  /** Absolute path. */
  dataDir: string
  /** Null where the environment does not say: what is there, or 20,000 on the first start. */
  seedCitizens: number | null
  /** PostgreSQL connection strings by subgraph name; the others live in the embedded server. */
  databaseUrls: ReadonlyMap<string, string>
  /** Addresses of subgraphs that run elsewhere, by name; the others run in this process. */
  subgraphUrls: ReadonlyMap<string, string>
  oidcIssuer: string | null
  /** Ids of the keys whose approval of rules counts on this machine; null: those that policy/approvers.yaml names. */
  policyApprovers: readonly string[] | null
  /** Public keys that signed the log before LOG_SIGNING_KEY: published beside it. */
  logFormerKeys: readonly VerifyingKey[]
  /** Addresses and ranges of the proxies in front, whose X-Forwarded-For is believed. */
  trustedProxies: readonly string[]
  logLevel: LogLevel
  secrets: Secrets
}

/** Secrets the environment gives; null ones are made and kept in the data directory. */
export type Secrets = {
  sealKeys: readonly SealKey[] | null
  /** A gateway holds its private key; a subgraph run alone needs only the public keys of the gateway's replicas. */
  contextKey: SigningKey | readonly VerifyingKey[] | null
  logSigningKey: SigningKey | null
  logPseudonymKey: Uint8Array | null
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

const whole = (min: number, max: number) =>
  parsed(
    (text) => (/^\d{1,9}$/.test(text) ? Number(text) : null),
    `must be a whole number from ${min} to ${max}`,
  ).refine((n) => n >= min && n <= max, `must be a whole number from ${min} to ${max}`)
const ed25519 = 'must be an Ed25519 private key (PKCS#8: PEM, or base64 in one line)'
const requiredNames = ['SEAL_KEYS', 'CONTEXT_KEY', 'LOG_SIGNING_KEY', 'LOG_PSEUDONYM_KEY', 'POLICY_APPROVERS'] as const

const variables = z.object({
  PORT: whole(0, 65_535).default(4000),
  HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:-]+$/, 'must be a host name or an address')
    .default('127.0.0.1'),
  DATA_DIR: z.string().default('.data'),
  SEED_CITIZENS: whole(1, 10_000_000).optional(),
  OIDC_ISSUER: z.string().refine(isIssuerUrl, 'must be an https address (http only on this machine)').optional(),
  LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(', ')}`).default('info'),
  SEAL_KEYS: parsed(
    sealKeysFromText,
    'must be id:secret pairs, newest first, each secret 64 bytes in base64url',
  ).optional(),
  CONTEXT_KEY: parsed(
    (text) => signingKeyFromText(text) ?? verifyingKeysFromText(text),
    `${ed25519}, or the public keys of the replicas`,
  ).optional(),
  LOG_SIGNING_KEY: parsed(signingKeyFromText, ed25519).optional(),
  LOG_FORMER_KEYS: parsed(
    verifyingKeysFromText,
    'must be Ed25519 public keys (SPKI: PEM, or base64 in one line)',
  ).optional(),
  TRUSTED_PROXIES: parsed(addressRangesFromText, 'must be addresses or ranges, separated by commas').optional(),
  LOG_PSEUDONYM_KEY: parsed((text) => bytesFromText(text, 32), 'must be 32 bytes in base64url').optional(),
  POLICY_APPROVERS: parsed(keyIdsFromText, 'must be key ids of two approvers or more, separated by commas').optional(),
})

/**
 * Reads the environment; `subgraphs` are the names of the registry. Throws a ConfigProblem with one line for each missing
 * or wrong variable. An empty variable counts as not set. No line repeats a value: it may be a secret.
 */
export function configFromEnvironment(env: NodeJS.ProcessEnv, subgraphs: readonly string[]): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''),
  )
  const read = variables.safeParse(given)
  const databases = urlsByName(given, 'DATABASE_URL_', subgraphs, isDatabaseUrl, 'must be a postgres:// address')
  const services = urlsByName(given, 'SUBGRAPH_URL_', subgraphs, isServiceUrl, 'must be an http or https address')
  const lines = [
    ...(read.error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) ?? []),
    ...databases.problems,
    ...services.problems,
    ...(given['OIDC_ISSUER'] === undefined ? withoutIssuer(given['HOST']) : withIssuer(given)),
  ]
  if (!read.success || lines.length > 0) throw createConfigProblem(lines)
  const { data } = read
  return Object.freeze({
    port: data.PORT,
    host: data.HOST,
    isLocal: data.OIDC_ISSUER === undefined,
    dataDir: resolve(data.DATA_DIR),
    seedCitizens: data.SEED_CITIZENS ?? null,
    databaseUrls: databases.urls,
    subgraphUrls: services.urls,
    oidcIssuer: data.OIDC_ISSUER ?? null,
    policyApprovers: data.POLICY_APPROVERS ?? null,
    logFormerKeys: data.LOG_FORMER_KEYS ?? [],
    trustedProxies: data.TRUSTED_PROXIES ?? [],
    logLevel: data.LOG_LEVEL,
    secrets: Object.freeze({
      sealKeys: data.SEAL_KEYS ?? null,
      contextKey: data.CONTEXT_KEY ?? null,
      logSigningKey: data.LOG_SIGNING_KEY ?? null,
      logPseudonymKey: data.LOG_PSEUDONYM_KEY ?? null,
    }),
  })
}

/** Personas sign in without a password, so nobody outside this machine may reach them. */
function withoutIssuer(host: string | undefined): string[] {
  return host === undefined || isLoopback(host)
    ? []
    : ['OIDC_ISSUER: required when HOST is not loopback: the local issuer serves this machine only']
}

function withIssuer(given: Record<string, string | undefined>): string[] {
  return requiredNames
    .filter((name) => given[name] === undefined)
    .map((name) => `${name}: required once OIDC_ISSUER is set`)
}

/** Thumbprints (RFC 7638) of Ed25519 keys; one person alone can't approve. */
function keyIdsFromText(text: string): readonly string[] | null {
  const ids = text.split(',').map((one) => one.trim())
  return ids.length >= 2 && new Set(ids).size === ids.length && ids.every((id) => /^[\w-]{43}$/.test(id)) ? ids : null
}

function parsed<T>(read: (text: string) => T | null, message: string) {
  return z.string().transform((text, context) => {
    const value = read(text)
    if (value !== null) return value
    context.addIssue({ code: 'custom', message })
    return z.NEVER
  })
}
