import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { configFromEnvironment } from '../../config/environment.ts'
import { appRole, databaseName, rolesOf, verifierRole } from '../../subgraphs/kit/postgres/database-names.ts'
import { serverSettings } from '../../subgraphs/kit/postgres/server-settings.ts'
import { registry } from '../../subgraphs/registry.ts'
import { newSecrets } from '../support/new-secrets.ts'

type Service = {
  command?: string[]
  environment?: Record<string, string>
  depends_on?: Record<string, { condition: string }>
}

const root = join(import.meta.dirname, '../..')
const secrets = newSecrets()
const services = servicesWith({ ...secrets, OIDC_ISSUER: 'https://id.example.vn' })
const names = registry.map(({ name }) => name)
const withDatabase = registry.filter(({ tables }) => tables.length > 0)
const variable = (name: string): string => `DATABASE_URL_${name.toUpperCase().replaceAll('-', '_')}`

/** The file as compose would read it with these variables. */
function servicesWith(variables: Readonly<Record<string, string>>): Record<string, Service> {
  const text = readFileSync(join(root, 'docker-compose.yml'), 'utf8')
  const filled = text.replaceAll(
    /\$\{(\w+)(?::([?-])([^}]*))?\}/g,
    (_match, name: string, mark?: string, rest = '') => {
      const value = variables[name]
      if (value === undefined && mark !== '-') throw new Error(`${name} is not among the secrets`)
      return value ?? rest
    },
  )
  return (parse(filled, { merge: true }) as { services: Record<string, Service> }).services
}

function environmentOf(service: string): Record<string, string> {
  const environment = services[service]?.environment ?? {}
  return {
    HOST: '0.0.0.0',
    ...Object.fromEntries(Object.entries(environment).map(([key, value]) => [key, String(value)])),
  }
}

function loginOf(url: string | undefined): { user: string; password: string; host: string; database: string } {
  const { username, password, hostname, pathname } = new URL(url ?? '')
  return { user: username, password, host: hostname, database: pathname.slice(1) }
}

describe('docker-compose.yml', () => {
  test.each(names)('runs %s in a process of its own, which accepts its environment', (name) => {
    expect(services[name]?.command).toEqual(['node', 'subgraphs/serve.ts', name])
    expect(configFromEnvironment(environmentOf(name), names).isLocal).toBe(false)
  })

  test('gives the gateway the address of every subgraph and no data but the log to write', () => {
    const config = configFromEnvironment(environmentOf('gateway'), names)
    expect([...config.subgraphUrls]).toEqual(
      expect.arrayContaining(names.map((name) => [name, `http://${name}:4000/${name}/graphql`])),
    )
    expect([...config.databaseUrls.keys()]).toEqual(['oversight'])
    expect(Object.keys(services['gateway']?.depends_on ?? {})).toEqual(expect.arrayContaining(names))
  })

  test('gives the private key that signs request contexts to the gateway alone', () => {
    for (const [name, { environment }] of Object.entries(services)) {
      expect(Object.values(environment ?? {}).includes(secrets['CONTEXT_PRIVATE_KEY'] ?? ''), name).toBe(
        name === 'gateway',
      )
    }
  })

  test.each(withDatabase)(
    'prepares the database of $name with the logins its process uses, and no others',
    (definition) => {
      const { name } = definition
      const { command = [], environment = {} } = services[`prepare-${name}`] ?? {}
      const logins = command.filter((part) => part.startsWith('--login=')).map((part) => part.slice('--login='.length))
      const { user, password, host, database } = loginOf(environmentOf(name)[variable(name)])
      expect({ host, database }).toEqual({ host: `db-${name}`, database: databaseName(name) })
      expect(environment[`PASSWORD_${user.toUpperCase()}`]).toBe(password)
      const [account = '', granted = account] = (logins.find((login) => login.split('=')[0] === user) ?? '').split('=')
      expect(granted.split(',')).toContain(appRole(name))
      for (const login of logins) {
        const roles = (login.split('=')[1] ?? login).split(',')
        expect(rolesOf(definition)).toEqual(expect.arrayContaining(roles))
        // Two people's control of expiry is no process's.
        expect(login).not.toMatch(/keeper|controller/)
      }
      expect(loginOf(environment['ADMIN_URL'])).toMatchObject({ user: 'postgres', host: `db-${name}` })
      expect(services[`db-${name}`]?.environment?.['POSTGRES_PASSWORD']).toBe(
        loginOf(environment['ADMIN_URL']).password,
      )
    },
  )

  test.each(names)(
    'lets %s read of other databases only who consented, what it links and what it compares, and write only the log',
    (name) => {
      const foreign = Object.entries(environmentOf(name))
        .filter(([key]) => key.startsWith('DATABASE_URL_') && key !== variable(name))
        .map(([key, url]) => [key, loginOf(url).user])
      const definition = registry.find((one) => one.name === name)
      const expected = [
        ['DATABASE_URL_CONSENT', 'consent_reader'],
        ['DATABASE_URL_OVERSIGHT', 'oversight_writer'],
        ...(definition?.links ?? []).map((linked) => [variable(linked), `${databaseName(linked)}_linkage`]),
        ...(definition?.compares ?? []).map((compared) => [variable(compared), verifierRole(compared)]),
      ].filter(([key]) => key !== variable(name))
      expect(foreign.toSorted()).toEqual(expected.toSorted())
    },
  )

  test.each(withDatabase)('keeps the server of $name durable and its log silent, as the embedded one', ({ name }) => {
    const given = new Map(
      (services[`db-${name}`]?.command ?? [])
        .slice(1)
        .map((part) => part.replace(/^-c/, '').split('=') as [string, string]),
    )
    const wanted = Object.entries(serverSettings).filter(([key]) => /^(log_|fsync|full_page|synchronous)/.test(key))
    for (const [key, value] of wanted.filter(([key]) => key !== 'log_timezone'))
      expect([key, given.get(key)]).toEqual([key, value])
  })
})
