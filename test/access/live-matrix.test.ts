import { readFileSync } from 'node:fs'
import { buildSchema } from 'graphql'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadOrganisations } from '../../identity/organisations.ts'
import { nobody, principalFromClaims } from '../../identity/principal.ts'
import type { Caller } from '../../policy/caller.ts'
import { callerFromPrincipal } from '../../policy/caller.ts'
import type { DecidedOn } from '../../policy/disclosure.ts'
import { loadPolicy } from '../../policy/load-policy.ts'
import { accessMatrix } from '../../policy/review/access-matrix.ts'
import { callerClasses } from '../../policy/review/caller-classes.ts'
import { loadGraph } from '../../schema/load-graph.ts'
import { loadPersonas } from '../../synthetic/personas.ts'
import { openWholeGraph, type Answer, type WholeGraph } from '../support/whole-graph.ts'
import { liveRequests, type LiveRequest } from './live-requests.ts'
import { disagreement, type Verdict } from './predicted.ts'

/** How many, and which: `node test/access/live-matrix.ts` sets both. */
const requests = Number(process.env['LIVE_REQUESTS'] ?? 200)
const seed = Number(process.env['LIVE_SEED'] ?? 20_261_122)

const { rules, purposes } = loadPolicy()
const { classes } = loadGraph()
const callers = callerClasses(purposes)
const cells = accessMatrix(rules.rules, classes, callers)
const cellsOf = Map.groupBy(cells, ({ caller }) => caller)
const schema = buildSchema(readFileSync(new URL('../../schema/api.graphql', import.meta.url), 'utf8'))
const personas = new Map(loadPersonas().map((one) => [one.persona, one]))

let graph: WholeGraph
let log: Client
beforeAll(async () => {
  graph = await openWholeGraph()
  log = new Client(graph.databases.get('oversight')?.superuser)
  await log.connect()
}, 240_000)
afterAll(async () => {
  await log.end()
  await graph.close()
})

test(
  `${requests} requests drawn by persona, purpose and field agree with the matrix, cell for cell`,
  async () => {
    const asked: { request: LiveRequest; answer: Answer }[] = []
    for (const request of liveRequests(schema, cells, { seed, requests }))
      asked.push({ request, answer: await graph.ask(request) })
    const decided = await verdictsByRequest()

    const wrong: string[] = []
    const met = new Set<string>()
    let verdicts = 0
    let limited = 0
    for (const { request, answer } of asked) {
      expect(answer.status, request.query).toBe(200)
      const caller = callerOf(request)
      const name = callers.find((one) => isOfClass(caller, one.caller))?.name ?? ''
      const ofRequest = decided.get(answer.requestId) ?? []
      for (const verdict of ofRequest) {
        // How much was asked before is nobody's right: the matrix does not speak of it.
        if (verdict.code === 'RATE_LIMITED') continue
        verdicts += 1
        met.add(`${name} ${verdict.coordinate} ${verdict.rule}`)
        const problem = disagreement(cellsOf.get(name) ?? [], caller, verdict)
        if (problem !== null) wrong.push(`${JSON.stringify(request)} ${JSON.stringify(verdict)}: ${problem}`)
      }
      if (answer.body.errors?.some(({ extensions }) => extensions?.['code'] === 'RATE_LIMITED')) limited += 1
      // A refusal that the caller was told of is one that was decided.
      for (const { extensions } of answer.body.errors ?? []) {
        const { coordinate, code } = extensions ?? {}
        const isDecided = ofRequest.some((verdict) => verdict.coordinate === coordinate && verdict.code === code)
        if (coordinate !== undefined && code !== 'NOT_FOUND' && code !== 'RATE_LIMITED' && !isDecided)
          wrong.push(`${JSON.stringify(request)}: ${String(coordinate)} ${String(code)} is in no verdict`)
      }
    }
    process.stderr.write(
      `${requests} requests, ${verdicts} verdicts on ${met.size} cells, ${wrong.length} disagree; ${limited} limited\n`,
    )
    expect(wrong.slice(0, 5)).toEqual([])
    expect(verdicts).toBeGreaterThan(requests / 2)
    expect(limited).toBeLessThan(requests / 20)
  },
  requests * 1000 + 60_000,
)

function callerOf({ as, purpose }: LiveRequest): Caller {
  const claims = personas.get(as)?.claims ?? null
  const principal = claims === null ? nobody : principalFromClaims(claims, '', loadOrganisations())
  if (principal === null) throw new Error(`${as}: claims that are none`)
  return { ...callerFromPrincipal(principal), purpose: purpose ?? null }
}

function isOfClass(caller: Caller, ofClass: Caller): boolean {
  return (
    caller.kind === ofClass.kind &&
    caller.purpose === ofClass.purpose &&
    caller.delegated === ofClass.delegated &&
    (ofClass.orgKind === null || caller.orgKind === ofClass.orgKind) &&
    ofClass.roles.every((role) => caller.roles.includes(role))
  )
}

/** Every verdict the log holds, field by field, by the request it was given to. */
async function verdictsByRequest(): Promise<Map<string, Verdict[]>> {
  const { rows } = await log.query<
    Omit<Verdict, 'coordinate' | 'facts'> & {
      facts: (Pick<DecidedOn, 'row'> & Partial<DecidedOn>)[]
      coordinates: string[]
      request: string
    }
  >(
    `select d.request_id as request, e.outcome, e.code, e.level, e.rule, e.coordinates,
       convert_from(e.body, 'UTF8')::jsonb -> 'facts' as facts from disclosure d
     join disclosure_entry e on left(e.id::text, 32) = left(d.id::text, 32)`,
  )
  const found = new Map<string, Verdict[]>()
  for (const { request, facts, coordinates: all, ...verdict } of rows) {
    const ofRequest = found.get(request) ?? []
    found.set(request, ofRequest)
    for (const { coordinates = all, row } of facts)
      ofRequest.push(...coordinates.map((coordinate) => ({ ...verdict, coordinate, facts: row })))
  }
  return found
}
