/**
 * `node bin/prepare-database.ts SUBGRAPH`: makes and migrates a subgraph's database on a server that exists, for where
 * each domain runs its own. Passwords come from the environment, never from the command line.
 */
import { Command } from 'commander'
import { populationSeed } from '../subgraphs/open-databases.ts'
import type { Login } from '../subgraphs/kit/postgres/ensure-database.ts'
import { prepareServer } from '../subgraphs/kit/postgres/prepare-server.ts'
import { isStartRefused, startRefused } from '../subgraphs/kit/postgres/start-refused.ts'
import { registry } from '../subgraphs/registry.ts'
import { createPopulation } from '../synthetic/population.ts'

const command = new Command('prepare-database')
  .description(
    `Makes and migrates a subgraph's database. ADMIN_URL: a superuser of its server.
PASSWORD_<NAME>: the password of each login. SEED_CITIZENS: fills an empty
database with so many synthetic citizens; not set, it stays empty.`,
  )
  .argument('<subgraph>', registry.map(({ name }) => name).join(', '))
  .option('--login <name[=role,role]>', 'a role that logs in, or an account that may act as roles', collect, [])
  .parse()

await prepare(command.args[0] ?? '', command.opts<{ login: string[] }>().login).catch((error: unknown) => {
  if (!isStartRefused(error)) throw error
  console.error(error.message)
  process.exitCode = 1
})

async function prepare(name: string, logins: readonly string[]): Promise<void> {
  const definition = registry.find((one) => one.name === name)
  if (definition === undefined) throw startRefused(`no subgraph ${name}`)
  const citizens = process.env['SEED_CITIZENS'] ?? ''
  if (!/^\d{0,8}$/.test(citizens)) throw startRefused('SEED_CITIZENS: must be a whole number')
  const population = citizens === '' ? null : createPopulation({ seed: populationSeed, size: Number(citizens) })
  const adminUrl = URL.parse(secret('ADMIN_URL'))
  if (adminUrl === null) throw startRefused('ADMIN_URL: must be a postgres:// address')
  const adminOf = (database: string) => {
    adminUrl.pathname = `/${database}`
    return { connectionString: adminUrl.href }
  }
  await prepareServer(adminOf, definition, logins.map(loginFrom), population, (line) => console.error(line))
}

function loginFrom(text: string): Login {
  const [name = '', roles = name] = text.split('=')
  return { name, password: secret(`PASSWORD_${name.toUpperCase()}`), roles: roles.split(',') }
}

function secret(variable: string): string {
  const value = process.env[variable]
  if (value === undefined || value === '') throw startRefused(`${variable}: required`)
  return value
}

function collect(value: string, former: string[]): string[] {
  return [...former, value]
}
