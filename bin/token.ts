/** `npm run --silent token -- PERSONA | --list [--json]`: signs in without a password, on the machine of the server alone. */
import { Command } from 'commander'
import { createConfigProblem, isConfigProblem } from '../config/config-problem.ts'
import { configFromEnvironment } from '../config/environment.ts'
import { createLocalIssuer, hasLocalIssuer } from '../identity/local-issuer.ts'
import { signIn, summaryOf } from '../identity/sign-in.ts'
import { loadPersonas } from '../synthetic/personas.ts'
import type { Persona } from '../synthetic/personas.ts'

const command = new Command('token')
  .description('Prints a signed token of the local issuer for a persona, and nothing else.')
  .argument('[persona]', 'who signs in; --list names them')
  .option('--list', 'what each persona may state, one query it can run and one it can not')
  .option('--json', 'with --list: as JSON')
  .parse()

await print(command.args[0], command.opts<{ list?: true; json?: true }>()).catch((error: unknown) => {
  if (!isConfigProblem(error)) throw error
  console.error(error.message)
  process.exitCode = 1
})

async function print(name: string | undefined, { list, json }: { list?: true; json?: true }): Promise<void> {
  const { OIDC_ISSUER, HOST, DATA_DIR } = process.env
  if (OIDC_ISSUER !== undefined && OIDC_ISSUER !== '')
    throw createConfigProblem(['OIDC_ISSUER is set: personas and the local issuer do not exist'])
  const personas = loadPersonas()
  if (list) {
    process.stdout.write(
      json ? `${JSON.stringify(personas.map(summaryOf), null, 2)}\n` : personas.map(lines).join('\n'),
    )
    return
  }
  const { dataDir } = configFromEnvironment({ HOST, DATA_DIR }, [])
  const persona = personas.find((one) => one.persona === name)
  const names = personas.map((one) => one.persona).join(', ')
  if (persona === undefined)
    throw createConfigProblem([`${name === undefined ? 'name a persona' : 'no such persona'}: ${names}`])
  if (!hasLocalIssuer(dataDir))
    throw createConfigProblem([`${dataDir}: no server has started here yet; npm start makes the key`])
  const { token } = await signIn(persona, createLocalIssuer(dataDir))
  if (token === null) console.error('nobody has no token: leave the Authorization header out')
  else process.stdout.write(`${token}\n`)
}

function lines(persona: Persona): string {
  const { personalId, headers, allowed, denied } = summaryOf(persona)
  const facts = [
    `${persona.persona}: ${persona.en}`,
    `  ${persona.vi}`,
    ...(personalId === null ? [] : [`  person   ${personalId}`]),
    ...(persona.purposes.length === 0 ? [] : [`  purposes ${persona.purposes.join(', ')}`]),
    ...Object.entries(headers).map(([header, value]) => `  header   ${header}: ${value}`),
    ...(allowed === null ? [] : [`  can      ${oneLine(allowed)}`]),
    ...(denied === null ? [] : [`  can not  ${oneLine(denied)}`]),
  ]
  return `${facts.join('\n')}\n`
}

function oneLine(query: string): string {
  return query.replace(/\s+/g, ' ').trim()
}
